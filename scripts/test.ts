import { ensurePackages } from '../test/cluster/index.ts';
import { check, type CheckResult } from './checks.ts';

// The collector's script is tested under each shell that is there: all of them shall be.
await ensurePackages(['busybox-static', 'dash']);

/** `npm test`: every check in order, then one closing line that any CI can read. */
const results: CheckResult[] = [];
for (const [title, args] of [
  ['Lint', ['oxlint', '--deny-warnings']],
  ['Types', ['tsc']],
  ['Types of the HTML report', ['tsc', '--project', 'tsconfig.browser.json']],
  ['Unused code and dependencies', ['knip']],
  ['Generated files are fresh', ['node', 'scripts/check-generated.ts']],
  ['Unit, chart, reporter and CLI tests', ['vitest', 'run', '--project', 'unit']],
  ['Scripts of pods, sweeps over values, huge and hostile input', ['vitest', 'run', '--project', 'scripts', '--project', 'sweeps', '--project', 'hostile']],
  ['Node 22.19 and 26', ['node', 'scripts/test-nodes.ts', '--quick']],
  ['The HTML report in Chromium', ['vitest', 'run', '--project', 'browser']],
  ['The npm package', ['vitest', 'run', '--project', 'package']],
  ['End-to-end tests on the node', ['vitest', 'run', '--project', 'e2e']],
] as const) {
  results.push(await check(title, args));
}

const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
const skipped = results.reduce((sum, result) => sum + result.skipped, 0);
for (const failure of results.flatMap(({ failures }) => failures)) console.log(failure);
for (const { title, failed: count, seconds } of results) console.log(`${count === 0 ? 'ok  ' : 'FAIL'}  ${title} (${seconds} s)`);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed === 0 ? 0 : 1;
