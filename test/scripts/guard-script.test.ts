import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guardScript } from '../../lib/constructs/guard-script.ts';
import { presentShells, runGuard } from './run-guard.ts';
import { which } from '../support/which.ts';

let server: Server;
let open: number;
let closed: number;

beforeAll(async () => {
  // It says nothing, as a database does that waits for its client.
  server = createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1');
  await once(server, 'listening');
  open = (server.address() as AddressInfo).port;
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  closed = (other.address() as AddressInfo).port;
  other.close();
});
afterAll(() => server.close());

test('is short and has only short lines, because reviewers read it in every chart', () => {
  const lines = guardScript.split('\n');
  expect(lines.length).toBeLessThanOrEqual(150);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(130);
  expect(guardScript).not.toMatch(/\{\{|\t/);
});

const tools = [['bash', 'timeout'], ['busybox-nc'], ['nc'], ['python3'], ['perl'], ['curl']].filter((programs) => programs.every((program) => which(program === 'busybox-nc' ? 'busybox' : program) !== undefined));

test('at least one tool is tried here', () => {
  expect(tools.length).toBeGreaterThan(0);
});

describe.concurrent.each(presentShells)('under %s', (shell) => {
  // Some builds of busybox take their applets before any PATH.
  const obeysPath = shell !== 'busybox';

  // The tools do not care for the shell that starts them.
  const tried = shell === presentShells[0] ? tools : tools.slice(0, 1);
  describe.each(tried.map((programs) => ({ name: programs.join(' with '), programs })))('with $name', ({ programs }) => {
    test('lets the suite start when what it uses answers and what it denies does not', async () => {
      const run = await runGuard(shell, { programs, seconds: 20, uses: `web 127.0.0.1 ${open} again 127.0.0.1 ${open}`, denies: `db 127.0.0.1 ${closed}` });
      expect(run).toMatchObject({ stderr: '', exitCode: 0, terminationMessage: '' });
      expect(run.stdout).toMatch(/^kubesuite:ready after \d+ s with \w+\n$/);
    });

    test('names what does not answer and what answers although it must not', async () => {
      const silent = await runGuard(shell, { programs, uses: `web 127.0.0.1 ${open} down 127.0.0.1 ${closed}` });
      expect(silent.exitCode).toBe(1);
      expect(silent.terminationMessage).toMatch(new RegExp(`^error=service-unreachable after \\d+ s with \\w+: no answer: down \\(127.0.0.1:${closed}\\)$`));
      const denied = await runGuard(shell, { programs, uses: `web 127.0.0.1 ${open}`, denies: `db 127.0.0.1 ${open}` });
      expect(denied.terminationMessage).toMatch(/^error=policy-not-enforced .* answers although denied: db \(/);
      expect(denied.stdout).toContain('kubesuite:waiting answers although denied: db');
    });

    test('takes a name that nobody knows neither for an answer nor for a denial', async () => {
      const run = await runGuard(shell, { programs, uses: `web 127.0.0.1 ${open}`, denies: 'db no-such-host.invalid 80' });
      expect(run.exitCode).toBe(1);
      expect(run.terminationMessage).toMatch(/^error=service-unreachable .*unclear: db \(no-such-host\.invalid:80\): unresolved$/);
    });
  });

  // This nc lets port 9 answer a few times, as a network without its policy does.
  test.runIf(obeysPath)('waits until a policy is in force, and looks twice', async () => {
    const nc = 'n=$(cat "$0.count" 2>/dev/null || echo 0); echo $((n + 1)) >"$0.count"; [ "$5" = 1 ] || [ $n -lt 6 ]';
    const run = await runGuard(shell, { programs: ['cat'], scripts: { nc }, seconds: 20, uses: 'web 127.0.0.1 1', denies: 'db 127.0.0.1 9' });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(/^kubesuite:waiting answers although denied: db \(127\.0\.0\.1:9\)\nkubesuite:ready/);
  });

  test('without uses the name server must answer, or no network would pass for a denying one', async () => {
    const run = await runGuard(shell, { denies: `db 127.0.0.1 ${closed}`, resolvConf: 'search a.b\nnameserver 127.0.0.253\n' });
    expect(run.terminationMessage).toMatch(/^error=service-unreachable .*no answer: dns \(127\.0\.0\.253:53\)$/);
    const none = await runGuard(shell, { denies: `db 127.0.0.1 ${closed}` });
    expect(none.terminationMessage).toBe('error=service-unreachable no nameserver in /etc/resolv.conf');
  });

  test.runIf(obeysPath)('says which tools it looks for, and does not trust one that is broken', async () => {
    const bare = await runGuard(shell, { programs: [], uses: `web 127.0.0.1 ${open}` });
    expect(bare.terminationMessage).toBe('error=missing-tool one of bash with timeout, nc, python3, perl and curl');
    const broken = await runGuard(shell, { programs: [], scripts: { bash: '', timeout: 'kill -SEGV $$' }, uses: `web 127.0.0.1 ${open}`, denies: `db 127.0.0.1 ${open}` });
    expect(broken).toMatchObject({ exitCode: 1, terminationMessage: expect.stringMatching(/^error=broken-tool [^]*db \(127\.0\.0\.1:\d+\): bash-broken/) });
  });

  test.runIf(obeysPath)('a tool that had no time to start is no denial', async () => {
    const scripts = { bash: '', timeout: '[ "$6" = 9 ] || exit 0; exit 124' };
    const run = await runGuard(shell, { programs: [], scripts, uses: 'web 127.0.0.1 1', denies: 'db 127.0.0.1 9' });
    expect(run.terminationMessage).toMatch(/unclear: db \(127\.0\.0\.1:9\): slow$/);
  });
});
