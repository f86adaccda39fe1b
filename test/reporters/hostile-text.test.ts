import { describe, expect, it } from 'vitest';
import { linesOf, sanitize } from '../../lib/reporters/render/sanitize.ts';
import { FakeScreen } from '../support/fake-screen.ts';
import { hostileText, poison } from './support/hostile.ts';
import { createPlayed, playRun, printRun } from './support/play.ts';
import { at, plannedSuite, runReport } from './support/reports.ts';
import { samples } from './support/sample-suites.ts';

const report = poison(runReport(Object.values(samples)));

function expectHarmless(text: string): void {
  // oxlint-disable-next-line no-control-regex
  expect(text).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]/);
  expect(text).not.toMatch(/^\s*::/m);
  expect(text).not.toMatch(/##\w*\[/);
}

describe('hostile text', () => {
  it('loses its escapes, control characters and commands', () => {
    expect(linesOf(sanitize(hostileText))).toMatchInlineSnapshot(`
      [
        "::error file=a.ts::from a suite",
        "   ::set-output name=x::indented",
        "::set-env name=PATH::/tmp",
        "::add-mask::kubesuite",
        "::stop-commands::token",
        "::endgroup::",
        "before",
        "::warning::after a carriage return",
        "legacy # #[add-path]/tmp and # #vso[task.setvariable variable=x]y and # #teamcity[buildStatus text="x"]",
        "line",
        "::error::separator",
        "::error::next line",
        "percent %0A::error::%0D%25 title,line=1:file=x",
        "red C1",
        "link",
        "[2Jnested # #[error]x",
        "section_start:1:x",
        "section",
        "NUL  BEL  backspace  form feed",
        "8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated",
        "<script>alert(1)</script><ScRiPt src=//evil.example></sCrIpT >",
        "<img src=x onerror=alert(1)><svg onload=alert(1)><iframe srcdoc="<script>alert(1)</script>">",
        ""><b onmouseover=alert(1)>' onfocus=alert(1) autofocus='",
        "</script></style></textarea></title></pre></code><!-- --!> <![CDATA[ ]]>",
        "<a href="javascript:alert(1)">x</a> <a href="data:text/html,<script>alert(1)</script>">y</a>",
        "<style>*{display:none}</style><base href=//evil.example><meta http-equiv=refresh content=0>",
        "&lt;script&gt; &#60;script&#62; \\u003cscript\\u003e {{constructor}} \${alert(1)}",
        "</details></summary></code></pre>",
        "\`\`\`",
        "# heading",
        "~~~~ \`\`\`\`\` \`\`\`\`\`\`\`\`\`\`",
        "| a | b |",
        "|---|---|",
        "| \\| \` | \`\` |",
        "@octocat @octo-org/team #1 GH-1 owner/repo#1 deadbeefdeadbeefdeadbeefdeadbeefdeadbeef",
        "![image](https://evil.example/pixel.png) [link](javascript:alert(1)) <https://evil.example>",
        "https://evil.example www.evil.example mail@evil.example",
        "- [ ] task *bold* _em_ ~~strike~~ $x^2$ \\",
        "> quote",
        "    indented code",
        "[reference]: https://evil.example "title"",
        "[reference] ![reference]",
        "===",
        "<!-- comment",
        "../../../../etc/passwd",
        "/etc/passwd",
        "C:\\windows\\x",
        "file:///etc/passwd",
        "%2e%2e/%2f",
        "name with spaces, commas:colons and [[ATTACHMENT|/etc/passwd]]",
        "-rf",
        "bidi esrever isolate zerowidth",
        "xml ]]> <b a="1">&amp;</b> ￾ ￿ lone � pair 😀 reversed ��",
        "combining Z͑ͫ̓ͪ̂ wide 画像",
        "__proto__ constructor toString hasOwnProperty",
      ]
    `);
  });

  it('does not come back when the removal of one thing completes another', () => {
    expectHarmless(sanitize('a #\0#[error]x #\u200b#vso[task]y \u001b\u001b[31m[2Jz'));
  });

  it('is harmless in every field of a log', async () => {
    expectHarmless(await printRun(report));
  });

  it('is harmless in every field on a terminal', async () => {
    expectHarmless(await printRun(report, new FakeScreen({ interactive: true })));
  });

  it('is harmless in the window, in heartbeats and in errors', async () => {
    for (const interactive of [true, false]) {
      const { screen, reporters } = createPlayed(['default'], new FakeScreen({ interactive }));
      await reporters.onTestRunStart(report.run, [poison(plannedSuite('ping'))]);
      await reporters.onTick(at(0));
      await reporters.onTestSuiteProgress({ key: hostileText, type: hostileText, phase: 'starting', attempt: 1, detail: hostileText });
      await reporters.onTick(at(31));
      await reporters.onError({ message: hostileText });
      expectHarmless(screen.text);
      for (const window of screen.windows) expectHarmless(window);
    }
  });

  it('looks like this', async () => {
    const screen = new FakeScreen();
    const suite = { ...samples.failed, message: hostileText, attempts: samples.failed.attempts.map((attempt) => ({ ...attempt, tests: [], logTail: hostileText })) };
    await playRun(runReport([suite]), createPlayed(['default'], screen));
    expect(screen.text).toMatchInlineSnapshot(`
      "1 suite · run r7f3 · release shop · namespace shop-tests · context kind-dev
      [0:01] ○ worker-2  integration  queued
      [0:02] ● worker-2  integration  running
      [0:03] ✗ worker-2  integration   41.0s  ::error file=a.ts::from a suite ::set-output name=x::indented ::set-env name=PATH::/tmp ::add-mask::kubesuite ::stop-commands::token ::endgroup:: before ::warning::after a carriage return legacy # #[add-pa…

      ✗ worker-2  failed  integration
        › ::error file=a.ts::from a suite
        │    ::set-output name=x::indented
        │ ::set-env name=PATH::/tmp
        │ ::add-mask::kubesuite
        │ ::stop-commands::token
        │ ::endgroup::
        │ before
        │ ::warning::after a carriage return
        │ legacy # #[add-path]/tmp and # #vso[task.setvariable variable=x]y and # #teamcity[buildStatus text="x"]
        │ line
        │ ::error::separator
        │ ::error::next line
        │ … 37 lines left out …
        │ name with spaces, commas:colons and [[ATTACHMENT|/etc/passwd]]
        │ -rf
        │ bidi esrever isolate zerowidth
        │ xml ]]> <b a="1">&amp;</b> ￾ ￿ lone � pair 😀 reversed ��
        │ combining Z͑ͫ̓ͪ̂ wide 画像
        │ __proto__ constructor toString hasOwnProperty

        end of the log
        │ ![image](https://evil.example/pixel.png) [link](javascript:alert(1)) <https://evil.example>
        │ https://evil.example www.evil.example mail@evil.example
        │ - [ ] task *bold* _em_ ~~strike~~ $x^2$ \\
        │ > quote
        │     indented code
        │ [reference]: https://evil.example "title"
        │ [reference] ![reference]
        │ ===
        │ <!-- comment
        │ ../../../../etc/passwd
        │ /etc/passwd
        │ C:\\windows\\x
        │ file:///etc/passwd
        │ %2e%2e/%2f
        │ name with spaces, commas:colons and [[ATTACHMENT|/etc/passwd]]
        │ -rf
        │ bidi esrever isolate zerowidth
        │ xml ]]> <b a="1">&amp;</b> ￾ ￿ lone � pair 😀 reversed ��
        │ combining Z͑ͫ̓ͪ̂ wide 画像
        │ __proto__ constructor toString hasOwnProperty

        files .kubesuite/runs/r7f3/suites/worker-2/1/log.txt
              .kubesuite/runs/r7f3/suites/worker-2/1/files/junit.xml

       Suites  1 failed (1)
        Tests  2 failed, 12 passed (14)
         Time  1m 5s
          Run  r7f3 · release shop · namespace shop-tests · context kind-dev
        Files  .kubesuite/runs/r7f3
       Report  kubesuite report r7f3

      FAILED  exit code 1
      "
    `);
  });
});
