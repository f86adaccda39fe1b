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
        "before",
        "::warning::after a carriage return",
        "red C1",
        "legacy # #[add-path]/tmp and # #vso[task.setvariable variable=x]y",
        "NUL  BEL  backspace  form feed",
        "line",
        "::error::separator",
        "::error::next line",
        "bidi esrever zerowidth",
        "xml ]]> <b a="1">&amp;</b> ￾ ￿ lone � pair 😀",
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
      [0:03] ✗ worker-2  integration   41.0s  ::error file=a.ts::from a suite ::set-output name=x::indented before ::warning::after a carriage return red C1 legacy # #[add-path]/tmp and # #vso[task.setvariable variable=x]y NUL  BEL  backspace  form fe…

      ✗ worker-2  failed  integration
        › ::error file=a.ts::from a suite
        │    ::set-output name=x::indented
        │ before
        │ ::warning::after a carriage return
        │ red C1
        │ legacy # #[add-path]/tmp and # #vso[task.setvariable variable=x]y
        │ NUL  BEL  backspace  form feed
        │ line
        │ ::error::separator
        │ ::error::next line
        │ bidi esrever zerowidth
        │ xml ]]> <b a="1">&amp;</b> ￾ ￿ lone � pair 😀

        end of the log
        │ ::error file=a.ts::from a suite
        │    ::set-output name=x::indented
        │ before
        │ ::warning::after a carriage return
        │ red C1
        │ legacy # #[add-path]/tmp and # #vso[task.setvariable variable=x]y
        │ NUL  BEL  backspace  form feed
        │ line
        │ ::error::separator
        │ ::error::next line
        │ bidi esrever zerowidth
        │ xml ]]> <b a="1">&amp;</b> ￾ ￿ lone � pair 😀

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
