import { shell, writesFailure, writesPass } from '../e2e/fixtures/suites.ts';
import type { BrokenSuite } from './fault.ts';

function broken(key: string, suite: object, expected: string, title: string, happens: string): BrokenSuite {
  return { key, suite, expected, title, happens };
}

/** Images beside the usual one. */
export const brokenImages = {
  box: { repository: 'localhost/kubesuite-e2e', tag: '1', pullPolicy: 'Never' },
  missing: { repository: 'localhost/kubesuite-absent', tag: '1', pullPolicy: 'Never' },
};

export const brokenServices = { nowhere: { port: 6379, podLabels: { app: 'nowhere' }, host: '10.96.255.254' } };

export const brokenSuites: readonly BrokenSuite[] = [
  broken('exits-1', shell(`${writesFailure}; exit 1`), 'failed', 'Exit code 1 and a failing test', 'An honest failure, for comparison.'),
  broken('exits-0-failing', shell(writesFailure), 'failed', 'Exit code 0 and a failing test', 'The test counts.'),
  broken('exits-3-passing', shell(`${writesPass}; exit 3`), 'failed', 'Exit code 3 and only passing tests', 'The exit code counts.'),
  broken('exits-3-nothing', shell('exit 3'), 'failed: results-missing', 'Exit code 3 and no results', 'The exit code counts; the missing results are told.'),
  broken('no-results', shell('true'), 'error: results-missing', 'Exit code 0 and no results', 'No proof, no pass.'),
  broken('empty-results', shell("echo '<testsuite/>' > /results/junit.xml"), 'error: no-tests', 'Exit code 0 and results without a test', 'No proof, no pass.'),
  broken('cut-results', shell("printf '<testsuite><testcase name=' > /results/junit.xml"), 'error: results-truncated', 'Exit code 0 and a result file that is cut off', 'It is noticed.'),
  broken('cut-stdout', shell('echo TAP version 13; echo 1..3; echo ok 1', { results: 'stdout:tap' }), 'error: results-truncated', 'Exit code 0 and TAP on stdout that is cut off', 'The plan says how many are missing.'),
  broken('unreadable', shell(`${writesPass}; chmod 000 /results/junit.xml`), 'error: results-truncated', 'Exit code 0 and a result file that cannot be read', 'The collector says which.'),
  broken('too-large', shell(`${writesPass}; dd if=/dev/urandom of=/results/big bs=1M count=8 2>/dev/null`), 'error: results-too-large', 'Exit code 0 and more results than fit', 'It is refused loudly.'),
  broken('oom', shell(`${writesPass}; exec tail /dev/zero`), 'error: oom-killed', 'The suite uses more memory than its limit', 'It is killed; its files and its log are kept.'),
  broken('too-slow', shell(`${writesPass}; sleep 600`, { timeout: '20s' }), 'timedout', 'The suite does not end', 'Its pod\'s deadline ends it; its files and its log are kept.'),
  broken('writes-on-term', shell(`trap '${writesPass.replaceAll("'", "'\\''")}; exit 0' TERM; sleep 600 & wait`, { timeout: '20s' }), 'timedout', 'The suite answers the deadline with exit code 0 and passing tests', 'It did not end by itself, so it is no pass.'),
  broken('missing-image', shell('true', { image: 'missing' }), 'error: image-pull', 'The image is missing', 'The kubelet\'s words are told, in seconds.'),
  broken('missing-command', shell('', { command: ['/no/such/command'] }), 'error: container-start', 'The command does not exist', 'The runtime\'s words are told.'),
  broken('missing-secret', shell('true', { envFrom: [{ secret: 'absent' }] }), 'error: missing-config', 'A Secret is missing', 'The message names it.'),
  broken('unschedulable', shell('true', { nodeSelector: { 'example.com/no': 'node' }, startTimeout: '10s' }), 'error: unschedulable', 'No node fits', 'The scheduler\'s words are told after `startTimeout`.'),
  broken('service-down', shell(writesPass, { uses: ['nowhere'], network: { guard: true, timeout: '5s' } }), 'error: service-unreachable', 'A service that the suite uses is down', 'The network guard says which.'),
];
