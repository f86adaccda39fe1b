import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../lib/run/report.ts';
import { poison } from './support/hostile.ts';
import { createPlayed, playRun } from './support/play.ts';
import { attemptReport, runReport, suiteReport } from './support/reports.ts';
import { samples } from './support/sample-suites.ts';

async function writeJunit(report: RunReport): Promise<string> {
  const played = createPlayed(['junit']);
  await playRun(report, played);
  expect(played.reporters.errors).toEqual([]);
  return played.folder.files.get('junit.xml') ?? '';
}

interface Parsed {
  readonly elements: readonly { readonly name: string; readonly attributes: Readonly<Record<string, string>>; readonly text: string }[];
}

function parse(xml: string): Parsed {
  const elements: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const open: typeof elements = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes, text: '' };
    elements.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  return { elements };
}

describe('junit reporter', () => {
  it('writes passed and failed tests', async () => {
    const passed = suiteReport({ key: 'ping', attempts: [attemptReport({ tests: samples.passed.attempts[0]?.tests.slice(0, 2) ?? [] })] });
    const attempts = samples.failed.attempts.map((attempt) => ({ ...attempt, tests: attempt.tests.slice(11) }));
    expect(await writeJunit(runReport([passed, { ...samples.failed, attempts }]))).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="shop" tests="5" failures="1" errors="1" skipped="0" time="65.000" timestamp="2026-03-01T10:00:00">
      <testsuite name="ping" tests="2" failures="0" errors="0" skipped="0" time="3.100" timestamp="2026-03-01T10:00:02">
      <properties>
      <property name="suite" value="ping"/>
      <property name="type" value="smoke"/>
      <property name="attempt" value="1"/>
      <property name="verdict" value="passed"/>
      <property name="job" value="shop-ping-r7f3"/>
      <property name="pod" value="shop-ping-r7f3-1"/>
      </properties>
      <testcase name="test 1" classname="ping.bats" time="0.020"/>
      <testcase name="test 2" classname="ping.bats" time="0.020"/>
      </testsuite>
      <testsuite name="worker-2" tests="3" failures="1" errors="1" skipped="0" time="41.030" timestamp="2026-03-01T10:00:02">
      <properties>
      <property name="suite" value="worker"/>
      <property name="type" value="integration"/>
      <property name="shard" value="2/2"/>
      <property name="attempt" value="1"/>
      <property name="verdict" value="failed"/>
      <property name="job" value="shop-worker-2-r7f3"/>
      <property name="pod" value="shop-worker-2-r7f3-x1"/>
      </properties>
      <testcase name="test 12" classname="ping.bats" time="0.020"/>
      <testcase name="test_retry[redis]" classname="tests/test_worker.py" file="tests/test_worker.py" line="41" time="0.210">
      <failure message="AssertionError: assert 3 == 4">def test_retry(worker):
          worker.retry(3)
      &gt;   assert worker.attempts == 4
      E   AssertionError: assert 3 == 4</failure>
      </testcase>
      <testcase name="test_teardown" classname="tests/test_worker.py" time="0.004">
      <error message="fixture &quot;queue&quot; not found">fixture "queue" not found</error>
      </testcase>
      <system-out>FAILED tests/test_worker.py::test_retry[redis]
      2 failed, 12 passed in 40.71s
      </system-out>
      </testsuite>
      </testsuites>
      "
    `);
  });

  it('tells what no test tells', async () => {
    const report = runReport([samples.exitCodeOnly, samples.unschedulable, samples.timedout, samples.skipped, samples.interrupted]);
    expect(await writeJunit(report)).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="shop" tests="6" failures="1" errors="2" skipped="1" time="65.000" timestamp="2026-03-01T10:00:00">
      <testsuite name="migrate" tests="1" failures="0" errors="0" skipped="0" time="3.100" timestamp="2026-03-01T10:00:02">
      <properties>
      <property name="suite" value="migrate"/>
      <property name="type" value="smoke"/>
      <property name="attempt" value="1"/>
      <property name="verdict" value="passed"/>
      <property name="job" value="shop-migrate-r7f3"/>
      <property name="pod" value="shop-ping-r7f3-1"/>
      </properties>
      <testcase name="suite" classname="migrate" time="3.100"/>
      </testsuite>
      <testsuite name="browser" tests="1" failures="0" errors="1" skipped="0" time="0.000">
      <properties>
      <property name="suite" value="browser"/>
      <property name="type" value="e2e"/>
      <property name="verdict" value="error"/>
      <property name="cause" value="unschedulable"/>
      <property name="job" value="shop-browser-r7f3"/>
      </properties>
      <testcase name="suite" classname="browser" time="0.000">
      <error message="unschedulable: No node can take the pod: 0/1 nodes are available: 1 Insufficient memory.">unschedulable: No node can take the pod: 0/1 nodes are available: 1 Insufficient memory.
      Pod shop-browser-r7f3-x1: FailedScheduling: 0/1 nodes are available: 1 Insufficient memory. preemption: 0/1 nodes are available.
      Lower the suite's resources or free the cluster.
      $ kubectl describe nodes
      docs/guide/verdicts.md#unschedulable</error>
      </testcase>
      </testsuite>
      <testsuite name="checkout" tests="2" failures="1" errors="0" skipped="0" time="60.000" timestamp="2026-03-01T10:00:02">
      <properties>
      <property name="suite" value="checkout"/>
      <property name="type" value="e2e"/>
      <property name="attempt" value="1"/>
      <property name="verdict" value="timedout"/>
      <property name="job" value="shop-checkout-r7f3"/>
      <property name="pod" value="shop-checkout-r7f3-x1"/>
      </properties>
      <testcase name="test 1" classname="ping.bats" time="0.020"/>
      <testcase name="suite" classname="checkout" time="60.000">
      <failure message="timedout: The suite did not end within its timeout of 60 s.">timedout: The suite did not end within its timeout of 60 s.</failure>
      </testcase>
      <system-out>waiting for the payment page</system-out>
      </testsuite>
      <testsuite name="load" tests="1" failures="0" errors="0" skipped="1" time="0.000">
      <properties>
      <property name="suite" value="load"/>
      <property name="type" value="performance"/>
      <property name="verdict" value="skipped"/>
      <property name="job" value="shop-load-r7f3"/>
      </properties>
      <testcase name="suite" classname="load" time="0.000">
      <skipped message="skipped: It needs 'checkout', which timed out."/>
      </testcase>
      </testsuite>
      <testsuite name="search" tests="1" failures="0" errors="1" skipped="0" time="0.000">
      <properties>
      <property name="suite" value="search"/>
      <property name="type" value="e2e"/>
      <property name="verdict" value="interrupted"/>
      <property name="job" value="shop-search-r7f3"/>
      </properties>
      <testcase name="suite" classname="search" time="0.000">
      <error message="interrupted: The run ended before the suite did.">interrupted: The run ended before the suite did.</error>
      </testcase>
      </testsuite>
      </testsuites>
      "
    `);
  });

  it('writes the last attempt of a flaky suite', async () => {
    const { elements } = parse(await writeJunit(runReport([samples.flaky])));
    expect(elements.filter(({ name }) => name === 'testcase' || name === 'failure').map(({ attributes }) => attributes['name'])).toEqual([
      'test 1',
      'test 2',
      'test 3',
    ]);
    expect(elements.filter(({ name }) => name === 'property').map(({ attributes }) => `${attributes['name']}=${attributes['value']}`)).toContain('attempt=2');
  });

  it('links the screenshot of a failing test as GitLab wants it, and no file that a suite names', async () => {
    const tests = [
      { name: 'pays by card', group: 'shop', status: 'failed' as const, message: 'no button', details: 'at pay.ts:3\n[[ATTACHMENT|/etc/passwd]]' },
      { name: 'pays later', group: 'shop', status: 'failed' as const },
      { name: 'shows', group: 'shop', status: 'passed' as const },
    ];
    const files = ['results/shop-pays-by-card/test-failed-1.png', 'results/shows.png', 'junit.xml'].map((path) => ({ path: `suites/shop/1/files/${path}`, bytes: 1 }));
    const attempts = [attemptReport({ verdict: 'failed', tests, files, logTail: '[[ATTACHMENT|/etc/shadow]]' })];
    const xml = await writeJunit(runReport([suiteReport({ key: 'shop', attempts })]));
    expect(xml.match(/\[\[.*?\]\]/g)).toEqual(['[[ATTACHMENT|.kubesuite/runs/r7f3/suites/shop/1/files/results/shop-pays-by-card/test-failed-1.png]]']);
    expect(xml).toContain('<failure message="no button">no button\nat pay.ts:3\n[ [ATTACHMENT|/etc/passwd]]</failure>');
  });

  it('writes an empty run', async () => {
    expect(await writeJunit(runReport([], 'error'))).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="shop" tests="0" failures="0" errors="0" skipped="0" time="65.000" timestamp="2026-03-01T10:00:00"/>
      "
    `);
  });

  it('counts what it writes', async () => {
    const { elements } = parse(await writeJunit(runReport(Object.values(samples))));
    const count = (name: string): number => elements.filter((element) => element.name === name).length;
    const suites = elements.filter(({ name }) => name === 'testsuite');
    const sum = (key: string): number => suites.reduce((total, { attributes }) => total + Number(attributes[key]), 0);
    const written = { tests: count('testcase'), failures: count('failure'), errors: count('error'), skipped: count('skipped') };
    expect({ tests: sum('tests'), failures: sum('failures'), errors: sum('errors'), skipped: sum('skipped') }).toEqual(written);
    expect(elements[0]?.attributes).toMatchObject(Object.fromEntries(Object.entries(written).map(([key, value]) => [key, String(value)])));
    expect(suites).toHaveLength(Object.keys(samples).length);
  });

  it('is well formed whatever the suites say, and keeps what XML can hold', async () => {
    const { elements } = parse(await writeJunit(poison(runReport(Object.values(samples)))));
    const failure = elements.find(({ name }) => name === 'failure');
    expect(failure?.text.split('\n')).toMatchInlineSnapshot(`
      [
        "::error file=a.ts::from a suite",
        "   ::set-output name=x::indented",
        "::set-env name=PATH::/tmp",
        "::add-mask::kubesuite",
        "::stop-commands::token",
        "::endgroup::",
        "before
      ::warning::after a carriage return",
        "legacy ##[add-path]/tmp and ##vso[task.setvariable variable=x]y and ##teamcity[buildStatus text="x"]",
        "line ::error::separator::error::next line",
        "percent %0A::error::%0D%25 title,line=1:file=x",
        "red C1",
        "link",
        "[2Jnested #​#[error]x",
        "section_start:1:x
      section",
        "NUL  BEL  backspace  form feed ",
        "8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated ",
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
        "name with spaces, commas:colons and [ [ATTACHMENT|/etc/passwd]]",
        "-rf",
        "bidi ‮esrever‬ ⁦isolate⁩ zero​width⁠ ﻿",
        "xml ]]> <b a="1">&amp;</b>   lone  pair 😀 reversed ",
        "combining Z͑ͫ̓ͪ̂ wide 画像 　",
        "__proto__ constructor toString hasOwnProperty",
        " 	",
        " ",
        "AssertionError: assert 3 == 4::error file=a.ts::from a suite",
        "   ::set-output name=x::indented",
        "::set-env name=PATH::/tmp",
        "::add-mask::kubesuite",
        "::stop-commands::token",
        "::endgroup::",
        "before
      ::warning::after a carriage return",
        "legacy ##[add-path]/tmp and ##vso[task.setvariable variable=x]y and ##teamcity[buildStatus text="x"]",
        "line ::error::separator::error::next line",
        "percent %0A::error::%0D%25 title,line=1:file=x",
        "red C1",
        "link",
        "[2Jnested #​#[error]x",
        "section_start:1:x
      section",
        "NUL  BEL  backspace  form feed ",
        "8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated ",
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
        "name with spaces, commas:colons and [ [ATTACHMENT|/etc/passwd]]",
        "-rf",
        "bidi ‮esrever‬ ⁦isolate⁩ zero​width⁠ ﻿",
        "xml ]]> <b a="1">&amp;</b>   lone  pair 😀 reversed ",
        "combining Z͑ͫ̓ͪ̂ wide 画像 　",
        "__proto__ constructor toString hasOwnProperty",
        " 	",
        " ",
        "",
        "::error file=a.ts::from a suite",
        "   ::set-output name=x::indented",
        "::set-env name=PATH::/tmp",
        "::add-mask::kubesuite",
        "::stop-commands::token",
        "::endgroup::",
        "before
      ::warning::after a carriage return",
        "legacy ##[add-path]/tmp and ##vso[task.setvariable variable=x]y and ##teamcity[buildStatus text="x"]",
        "line ::error::separator::error::next line",
        "percent %0A::error::%0D%25 title,line=1:file=x",
        "red C1",
        "link",
        "[2Jnested #​#[error]x",
        "section_start:1:x
      section",
        "NUL  BEL  backspace  form feed ",
        "8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated ",
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
        "name with spaces, commas:colons and [ [ATTACHMENT|/etc/passwd]]",
        "-rf",
        "bidi ‮esrever‬ ⁦isolate⁩ zero​width⁠ ﻿",
        "xml ]]> <b a="1">&amp;</b>   lone  pair 😀 reversed ",
        "combining Z͑ͫ̓ͪ̂ wide 画像 　",
        "__proto__ constructor toString hasOwnProperty",
        " 	",
        " ",
        "def test_retry(worker):",
        "    worker.retry(3)",
        ">   assert worker.attempts == 4",
        "E   AssertionError: assert 3 == 4::error file=a.ts::from a suite",
        "   ::set-output name=x::indented",
        "::set-env name=PATH::/tmp",
        "::add-mask::kubesuite",
        "::stop-commands::token",
        "::endgroup::",
        "before
      ::warning::after a carriage return",
        "legacy ##[add-path]/tmp and ##vso[task.setvariable variable=x]y and ##teamcity[buildStatus text="x"]",
        "line ::error::separator::error::next line",
        "percent %0A::error::%0D%25 title,line=1:file=x",
        "red C1",
        "link",
        "[2Jnested #​#[error]x",
        "section_start:1:x
      section",
        "NUL  BEL  backspace  form feed ",
        "8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated 8;;unterminated ",
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
        "name with spaces, commas:colons and [ [ATTACHMENT|/etc/passwd]]",
        "-rf",
        "bidi ‮esrever‬ ⁦isolate⁩ zero​width⁠ ﻿",
        "xml ]]> <b a="1">&amp;</b>   lone  pair 😀 reversed ",
        "combining Z͑ͫ̓ͪ̂ wide 画像 　",
        "__proto__ constructor toString hasOwnProperty",
      ]
    `);
    expect(failure?.attributes['message']).toContain('\n');
    expect(failure?.attributes['message']).toContain(']]> <b a="1">&amp;</b>');
  });
});
