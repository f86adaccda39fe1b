import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import { shell, writesPass } from '../e2e/fixtures/suites.ts';
import { slow, type Fault, type FaultGroup, type Outcome } from './fault.ts';
import type { FaultProxy, ProxiedRequest } from './support/fault-proxy.ts';
import type { FaultScene } from './support/fault-scene.ts';
import { suiteIs } from './support/observed.ts';

const twoPass: Outcome = { verdicts: { files: 'passed', stdout: 'passed' }, exitCode: 0 };
const tap = "echo TAP version 13; echo 1..1; echo 'ok 1'";
/** Prints a package of Go with one test. */
const goTest = (name: string, action: 'pass' | 'fail'): string => ['run', action].map((step) => goEvent({ Action: step, Package: name, Test: 'TestIt' })).concat(goEvent({ Action: action, Package: name })).join('; ');
const goEvent = (event: object): string => `echo '${JSON.stringify(event)}'`;
/** Of the CLI itself: Helm's requests are another matter. */
const isReading = ({ isHelm, method }: ProxiedRequest): boolean => !isHelm && method === 'GET';

/** Runs two suites through a proxy that does harm from the beginning, or once suites run. */
async function through(scene: FaultScene, disturb: FaultProxy['disturb'], meanwhile: (proxy: FaultProxy) => Promise<void> = async () => {}): Promise<Outcome> {
  await scene.suites({ files: shell(`sleep 8; ${writesPass}`), stdout: shell(`sleep 2; ${tap}`, { results: 'stdout:tap' }) });
  const { proxy, kubeconfig } = await scene.proxy();
  proxy.disturb = disturb;
  const run = scene.start('run', [], { kubeconfig });
  await meanwhile(proxy);
  return scene.outcome(run);
}

/** Answers every `nth` request so. */
function each(nth: number, disturbance: ReturnType<FaultProxy['disturb']>, applies: (request: ProxiedRequest) => boolean): FaultProxy['disturb'] {
  let count = 0;
  return (request) => (applies(request) && ++count % nth === 0 ? disturbance : undefined);
}

function fault(title: string, happens: string, act: Fault['act'], expected: Outcome = twoPass): Fault {
  return { title, happens, expected, quick: true, act };
}

export const cliAndApi: FaultGroup = {
  title: 'Between the CLI and the API server',
  node: 'shared',
  faults: [
    fault('Watches are closed every 2 s', 'They go on from the version that they had reached.', async (scene) =>
      through(scene, ({ isWatch }) => (isWatch ? { kind: 'cut', afterMs: 2000 } : undefined)),
    ),
    fault('Every other watch is answered with 410 Gone', 'Objects are listed again; what vanished meanwhile is noticed.', async (scene) => through(scene, each(2, { kind: 'answer', status: 410 }, ({ isWatch }) => isWatch))),
    fault('Two of three requests for objects and logs are answered with 429 and Retry-After', 'They are sent again when the server wants.', async (scene) => {
      let count = 0;
      return through(scene, (request) => (isReading(request) && ++count % 3 !== 0 ? { kind: 'answer', status: 429, retryAfter: 1 } : undefined));
    }),
    slow(fault('Every third request is answered with 500', 'It is sent again, ever more rarely.', async (scene) => through(scene, each(3, { kind: 'answer', status: 500 }, isReading)))),
    slow(fault('Every answer of the API server takes 2 s longer', 'It only takes longer.', async (scene) => through(scene, (request) => (isReading(request) ? { kind: 'delay', ms: 2000 } : undefined)))),
    slow(fault(
      'Helm\'s requests are answered with 500',
      'Helm gives up, the CLI tells its words; nothing was made, nothing is left.',
      async (scene) => through(scene, ({ isHelm, method }) => (isHelm && method !== 'GET' ? { kind: 'answer', status: 500 } : undefined)),
      { verdicts: {}, exitCode: 3 },
    )),
    fault('The way to the API server is cut for 10 s while suites run', 'No time counts meanwhile; watches and logs go on.', async (scene) =>
      through(scene, () => undefined, async (proxy) => {
        await scene.seen(suiteIs('running', 'files'));
        proxy.disturb = () => ({ kind: 'cut', afterMs: 0 });
        proxy.cutAll();
        await setTimeout(10_000);
        proxy.disturb = () => undefined;
      }),
    ),
    slow(fault('The collector\'s log is cut each time after 200 ms, three times', 'It is read again from its beginning.', async (scene) => {
      let cuts = 0;
      return through(scene, ({ logOf }) => (logOf === 'collector' && ++cuts <= 3 ? { kind: 'cut', afterMs: 200 } : undefined));
    })),
    fault(
      'The beginning of the collector\'s log is rotated away',
      'The frame without a beginning is noticed.',
      async (scene) => through(scene, ({ logOf }) => (logOf === 'collector' ? { kind: 'rewrite', body: (text) => text.slice(text.indexOf('\n') + 1) } : undefined)),
      { verdicts: { files: 'error: results-truncated', stdout: 'passed' }, exitCode: 3 },
    ),
    slow(fault(
      'The beginning of a suite\'s log is rotated away, and with it a test that failed',
      'The first line of the log is no longer the one that was seen.',
      async (scene) => {
        const noise = 'for part in 1 2 3; do yes 0123456789012345678901234567890123456789 | head -c 6291456; sleep 12; done';
        await scene.suites({
          gotest: shell(`${goTest('first', 'fail')}; ${noise}; ${goTest('second', 'pass')}`, { results: 'stdout:gotest' }),
          junit: shell(`echo '<testsuite><testcase name="first"><failure/></testcase></testsuite>'; ${noise}; echo '<testsuite><testcase name="second"/></testsuite>'`, { results: 'stdout:junit' }),
        });
        return scene.outcome(scene.start('run'));
      },
      { verdicts: { gotest: 'error: results-truncated', junit: 'error: results-truncated' }, exitCode: 3 },
    )),
    fault(
      'The collector\'s log is that of another pod',
      'The frame names its pod, and is refused.',
      async (scene) => through(scene, ({ logOf }) => (logOf === 'collector' ? { kind: 'rewrite', body: (text) => text.replace(/pod=\S+/, 'pod=11111111-2222-3333-4444-555555555555') } : undefined)),
      { verdicts: { files: 'error: results-invalid', stdout: 'passed' }, exitCode: 3 },
    ),
    slow(fault(
      'A character of the collector\'s log is another one',
      'The hash is wrong.',
      async (scene) => through(scene, ({ logOf }) => (logOf === 'collector' ? { kind: 'rewrite', body: (text) => text.replace(/^kubesuite:1 (.)/m, (_, first: string) => `kubesuite:1 ${first === 'H' ? 'I' : 'H'}`) } : undefined)),
      { verdicts: { files: 'error: results-invalid', stdout: 'passed' }, exitCode: 3 },
    )),
    slow(fault(
      'The user may not read logs',
      'The API server\'s words name the right.',
      async (scene) => through(scene, ({ logOf }) => (logOf === undefined ? undefined : { kind: 'answer', status: 403 })),
      { verdicts: { files: 'error: log-denied', stdout: 'error: log-denied' }, exitCode: 3 },
    )),
    fault('Two CLIs wait for one run', 'Both give the same report.', async (scene) => {
      await scene.suites({ files: shell(`sleep 6; ${writesPass}`), stdout: shell(tap, { results: 'stdout:tap' }) });
      const run = scene.start('run', ['--keep']);
      await scene.seen(suiteIs('running', 'files'));
      const folder = join(scene.folder, 'other');
      await mkdir(folder);
      const other = scene.start('wait', ['e2e'], { folder });
      const outcome = await scene.outcome(run);
      expect(await scene.outcome(other, folder)).toEqual(outcome);
      expect(await scene.reportBytes(folder)).toBe(await scene.reportBytes());
      await scene.start('clean', ['e2e']);
      return outcome;
    }),
    fault('The clock of the CLI is an hour slow', 'Times come from the cluster; waiting counts by its own clock.', async (scene) => skewed(scene, -3600)),
    slow(fault('The clock of the CLI is an hour fast', 'The same.', async (scene) => skewed(scene, 3600))),
  ],
};

async function skewed(scene: FaultScene, seconds: number): Promise<Outcome> {
  await scene.suites({ files: shell(`sleep 2; ${writesPass}`), stdout: shell(tap, { results: 'stdout:tap' }) });
  const skew = join(scene.folder, 'skew.mjs');
  await writeFile(skew, `const Real = Date; const now = Real.now; Real.now = () => now() + ${seconds * 1000}; globalThis.Date = class extends Real { constructor(...given) { super(...(given.length === 0 ? [Real.now()] : given)); } };\n`);
  return scene.outcome(scene.start('run', [], { env: { NODE_OPTIONS: `--import=${skew}` } }));
}
