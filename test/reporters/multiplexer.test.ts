import { describe, expect, it } from 'vitest';
import { Multiplexer } from '../../lib/reporters/multiplexer.ts';
import type { RunReport } from '../../lib/run/report.ts';
import type { Reporter } from '../../lib/reporters/reporter.ts';
import { playRun, progressOf } from './support/play.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeGithubJob } from '../support/fake-github-job.ts';
import { MemoryFolder } from '../support/memory-folder.ts';
import { FakeScreen } from '../support/fake-screen.ts';
import { at, runReport } from './support/reports.ts';
import { samples } from './support/sample-suites.ts';

class Transcript implements Reporter {
  readonly calls: string[] = [];
  onTestRunStart(): void {
    this.calls.push('start');
  }
  onTestSuiteQueued({ key }: { readonly key: string }): void {
    this.calls.push(`queued ${key}`);
  }
  onTestSuiteStart({ key }: { readonly key: string }): void {
    this.calls.push(`started ${key}`);
  }
  onTestSuiteProgress({ key }: { readonly key: string }): void {
    this.calls.push(`progress ${key}`);
  }
  onTestSuiteEnd({ key }: { readonly key: string }): void {
    this.calls.push(`ended ${key}`);
  }
  onError({ message }: { readonly message: string }): void {
    this.calls.push(`error ${message}`);
  }
  onTestRunEnd(_report: unknown, reason: string): void {
    this.calls.push(`end ${reason}`);
  }
  onEvent({ type }: { readonly type: string }): void {
    this.calls.push(`event ${type}`);
  }
  onTick(): void {
    this.calls.push('tick');
  }
}

class Broken implements Reporter {
  async onTestSuiteEnd(): Promise<void> {
    throw new Error('disk full');
  }
  onTick(): void {
    // oxlint-disable-next-line no-throw-literal
    throw 'text';
  }
  onError(): void {
    throw new Error('also here');
  }
}

function multiplexerOf(reporters: Readonly<Record<string, Reporter>>, clock = new FakeClock()): Multiplexer {
  return new Multiplexer(Object.entries(reporters).map(([name, reporter]) => ({ name, reporter })), clock);
}

async function play(reporters: Multiplexer): Promise<void> {
  await reporters.onEvent({ type: 'run-ended', at: at(0).toISOString() });
  const played = { reporters, screen: new FakeScreen(), folder: new MemoryFolder(), github: new FakeGithubJob(), setTime: () => {} };
  await playRun(runReport([samples.passed, samples.exitCodeOnly]), played);
  await reporters.onTestSuiteProgress(progressOf(samples.passed));
  await reporters.onTick(at(1));
  await reporters.onTick(at(2));
}

describe('multiplexer', () => {
  it('tells every reporter everything, in the same order', async () => {
    const [first, second] = [new Transcript(), new Transcript()];
    const reporters = multiplexerOf({ first, second });
    await play(reporters);
    expect(first.calls).toMatchInlineSnapshot(`
      [
        "event run-ended",
        "start",
        "queued ping",
        "queued migrate",
        "started ping",
        "ended ping",
        "started migrate",
        "ended migrate",
        "end passed",
        "progress ping",
        "tick",
        "tick",
      ]
    `);
    expect(second.calls).toEqual(first.calls);
    expect(reporters.errors).toEqual([]);
  });

  it('tells the others, once, what a broken reporter throws, and goes on', async () => {
    const [before, after] = [new Transcript(), new Transcript()];
    const reporters = multiplexerOf({ before, broken: new Broken(), after });
    await play(reporters);
    expect(before.calls.filter((call) => call.startsWith('error'))).toEqual([
      "error reporter 'broken' failed in onTestSuiteEnd: disk full",
      "error reporter 'broken' failed in onTick: text",
    ]);
    expect(after.calls).toEqual(before.calls);
    expect(before.calls.filter((call) => !call.startsWith('error'))).toContain('end passed');
    expect(reporters.errors.map(({ message }) => message)).toEqual([
      "reporter 'broken' failed in onTestSuiteEnd: disk full",
      "reporter 'broken' failed in onTick: text",
    ]);
  });

  it('lets no reporter change what the others are told', async () => {
    const vandal: Reporter = {
      onTestRunEnd: (report) => {
        Object.assign(report, { verdict: 'passed', exitCode: 0 });
      },
      onTestSuiteEnd: (suite) => void (suite.attempts as unknown[]).splice(0),
    };
    const reports: RunReport[] = [];
    const reporters = multiplexerOf({ vandal, after: { onTestRunEnd: (report) => void reports.push(report) } });
    await play(reporters);
    const [report] = reports;
    expect(report?.suites.map(({ attempts }) => attempts.length)).toEqual([1, 1]);
    expect(reporters.errors.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^reporter 'vandal' failed in onTestSuiteEnd: Cannot delete property/),
      expect.stringMatching(/^reporter 'vandal' failed in onTestRunEnd: Cannot assign to read only property 'verdict'/),
    ]);
  });

  it('goes on when a reporter without a prototype throws something without one', async () => {
    const bare = (): Reporter => Object.assign(Object.create(null) as Reporter, {
      onTick: () => {
        throw Object.create(null);
      },
    });
    const reporters = multiplexerOf({ one: bare(), other: bare() });
    await reporters.onTick(at(1));
    expect(reporters.errors.map(({ message }) => message)).toEqual([
      "reporter 'one' failed in onTick: [Object: null prototype] {}",
      "reporter 'other' failed in onTick: [Object: null prototype] {}",
    ]);
  });

  it('does not let two broken reporters complain about each other for ever', async () => {
    const reporters = multiplexerOf({ one: new Broken(), other: new Broken() });
    await play(reporters);
    await reporters.onError({ message: 'watch was cut' });
    expect(reporters.errors.map(({ message }) => message)).toMatchInlineSnapshot(`
      [
        "reporter 'one' failed in onTestSuiteEnd: disk full",
        "reporter 'other' failed in onError: also here",
        "reporter 'other' failed in onTestSuiteEnd: disk full",
        "reporter 'one' failed in onError: also here",
        "reporter 'one' failed in onTick: text",
        "reporter 'other' failed in onTick: text",
      ]
    `);
  });

  it('keeps the verdict, and the exit code of a screen that fails, but not exit code 0 for a lost file', async () => {
    const passed = runReport([samples.passed]);
    const failing = (medium: 'file' | 'screen'): Reporter => ({
      medium,
      onTestRunEnd: () => {
        throw new Error('disk full');
      },
    });
    const screen = multiplexerOf({ line: failing('screen') });
    await screen.onTestRunEnd(passed, 'passed');
    expect(screen.conclude(passed)).toEqual({ ...passed, reporterErrors: ["reporter 'line' failed in onTestRunEnd: disk full"] });
    const file = multiplexerOf({ junit: failing('file') });
    await file.onTestRunEnd(passed, 'passed');
    expect(file.conclude(passed)).toMatchObject({ verdict: 'passed', exitCode: 3 });
    expect(file.conclude({ ...passed, verdict: 'failed', exitCode: 1 })).toMatchObject({ verdict: 'failed', exitCode: 1 });
  });

  it('counts a file as lost whose reporter failed before the end, also when it was told of another one', async () => {
    const passed = runReport([samples.passed]);
    const failingEarly = multiplexerOf({ file: new Broken() });
    await failingEarly.onTestSuiteEnd(samples.passed);
    expect(failingEarly.conclude(passed)).toMatchObject({ verdict: 'passed', exitCode: 3 });
    const failingWhenTold = multiplexerOf({ file: new Broken() });
    await failingWhenTold.onError({ message: 'watch was cut' });
    expect(failingWhenTold.conclude(passed)).toMatchObject({ verdict: 'passed', exitCode: 3 });
    const screen = multiplexerOf({ screen: Object.assign(new Broken(), { medium: 'screen' as const }) });
    await screen.onTestSuiteEnd(samples.passed);
    expect(screen.conclude(passed)).toMatchObject({ verdict: 'passed', exitCode: 0 });
  });

  it('waits for a reporter that does not come back once, and goes on without it', async () => {
    const clock = new FakeClock();
    const transcript = new Transcript();
    const reporters = multiplexerOf({ stuck: { onTick: async () => new Promise(() => {}) }, transcript }, clock);
    const told = reporters.onTick(at(1));
    await clock.advance(121_000, 1000);
    await told;
    await reporters.onTick(at(2));
    const message = "reporter 'stuck' failed in onTick: it has not settled within 120 s, and is told nothing more";
    expect(transcript.calls).toEqual(['tick', `error ${message}`, 'tick']);
    expect(reporters.conclude(runReport([samples.passed]))).toMatchObject({ exitCode: 3, reporterErrors: [message] });
  });

  it('waits for promises of any make', async () => {
    const transcript = new Transcript();
    // oxlint-disable-next-line no-thenable -- as libraries with promises of their own do
    const own = { then: (_resolve: () => void, reject: (error: Error) => void) => reject(new Error('own promise')) };
    await multiplexerOf({ own: { onTick: () => own as unknown as Promise<void> }, transcript }).onTick(at(1));
    expect(transcript.calls).toEqual(['tick', "error reporter 'own' failed in onTick: own promise"]);
  });
});
