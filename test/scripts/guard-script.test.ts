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

/** The port of a server that is gone after so many connections. */
async function answering(times: number): Promise<number> {
  let left = times;
  const leaving: Server = createServer((socket) => {
    socket.on('error', () => {});
    left -= 1;
    if (left === 0) leaving.close();
  }).listen(0, '127.0.0.1');
  await once(leaving, 'listening');
  return (leaving.address() as AddressInfo).port;
}

test('is short and has only short lines, because reviewers read it in every chart', () => {
  const lines = guardScript.split('\n');
  expect(lines.length).toBeLessThanOrEqual(180);
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

  describe('a name with several addresses', () => {
    const guard = (addresses: readonly string[], over: object): ReturnType<typeof runGuard> => {
      const lines = addresses.flatMap((address) => ['STREAM', 'DGRAM', 'RAW'].map((kind) => `echo '${address} ${kind} db'`));
      return runGuard(shell, { scripts: { getent: `[ "$2" = db ] || { echo "$2"; exit; }; ${lines.join('; ')}` }, uses: `web 127.0.0.1 ${open}`, ...over });
    };

    test('is denied when none answers', async () => {
      const run = await guard(['127.0.0.3', '127.0.0.2', '127.0.0.1'], { denies: `db db ${open}` });
      expect(run.terminationMessage).toMatch(/^error=policy-not-enforced .* answers although denied: db \(db:\d+\)$/);
      expect(await guard(['127.0.0.3', '127.0.0.2'], { denies: `db db ${open}` })).toMatchObject({ stderr: '', exitCode: 0 });
    });

    test('is used when one answers', async () => {
      expect(await guard(['127.0.0.3', '127.0.0.1', '127.0.0.2'], { uses: `db db ${open}` })).toMatchObject({ stderr: '', exitCode: 0 });
      const run = await guard(['127.0.0.3', '127.0.0.2'], { uses: `db db ${open}` });
      expect(run.terminationMessage).toMatch(/^error=service-unreachable .* no answer: db /);
    });

    test('is looked at in eight places', async () => {
      const others = [9, 8, 7, 6, 5, 4, 3].map((last) => `127.0.0.${last}`);
      expect((await guard([...others, '127.0.0.1'], { denies: `db db ${open}` })).exitCode).toBe(1);
      expect((await guard([...others, '127.0.0.2', '127.0.0.1'], { denies: `db db ${open}` })).exitCode).toBe(0);
    });
  });

  describe('without denials, a canary tells when the policy is in force', () => {
    // Ports 1 to 8 are services, 9 is the canary; each look at a port is counted. `$port` and `$n` say which it is.
    const counting = (answers: string): string => `port=$5; n=$(cat "$0.$port" 2>/dev/null || echo 0); echo $((n + 1)) >"$0.$port"; ${answers}`;
    const guard = (answers: string, over: object = {}): ReturnType<typeof runGuard> =>
      runGuard(shell, { programs: ['cat'], scripts: { nc: counting(answers) }, policies: true, seconds: 20, uses: 'web 127.0.0.1 1', canaries: 'api 127.0.0.1 9', ...over });
    const looks = (port: number): string => `[ $port = ${port} ] && `;

    test('by falling silent', async () => {
      const canary = await answering(4);
      const run = await runGuard(shell, { policies: true, seconds: 20, uses: `web 127.0.0.1 ${open}`, canaries: `api 127.0.0.1 ${canary}` });
      expect(run).toMatchObject({ stderr: '', exitCode: 0 });
      expect(run.stdout).toMatch(new RegExp(`^kubesuite:waiting the policy is not in force: api \\(127\\.0\\.0\\.1:${canary}\\) answers\nkubesuite:ready after \\d+ s with bash\n$`));
    });

    test('and a service that answers no longer then is the reason', async () => {
      const [web, canary] = await Promise.all([answering(4), answering(4)]);
      const run = await runGuard(shell, { policies: true, seconds: 3, uses: `web 127.0.0.1 ${web}`, canaries: `api 127.0.0.1 ${canary}` });
      expect(run.terminationMessage).toMatch(new RegExp(`^error=service-unreachable after \\d+ s with bash: no answer: web \\(127\\.0\\.0\\.1:${web}\\)$`));
    });

    test.runIf(obeysPath)('once is not enough: it may have been overheard', async () => {
      const run = await guard(`${looks(9)}{ [ $n = 1 ] || [ $n -ge 9 ]; } && exit 1; [ $port = 9 ] || [ $n -lt 6 ]`, { seconds: 3 });
      expect(run.terminationMessage).toMatch(/^error=service-unreachable /);
    });

    test.runIf(obeysPath)('one that never answers proves nothing: what is used must answer for a while', async () => {
      const gone = await guard(`${looks(9)}exit 1; [ $n -lt 4 ]`, { seconds: 3 });
      expect(gone.terminationMessage).toMatch(/^error=service-unreachable /);
      const there = await guard(`${looks(9)}exit 1; exit 0`);
      expect(there.stdout).toMatch(/^kubesuite:ready after \d+ s with nc; no proof that the policy is in force: nothing that it denies ever answered\n$/);
      expect(there.milliseconds).toBeGreaterThan(1000);
      expect(there.milliseconds).toBeLessThan(5000);
    });

    test.runIf(obeysPath)('one that never falls silent is not waited for longer than the guard may take', async () => {
      const run = await guard('exit 0', { seconds: 2 });
      expect(run).toMatchObject({ exitCode: 0, terminationMessage: '' });
      expect(run.stdout).toMatch(/\nkubesuite:ready after \d+ s with nc; no proof that the policy is in force: api \(127\.0\.0\.1:9\) answers\n$/);
    });

    test.runIf(obeysPath)('the metrics of the name server are one as well', async () => {
      const run = await guard(`${looks(9153)}[ $n -ge 4 ] && exit 1; exit 0`, { canaries: '', resolvConf: 'nameserver 127.0.0.1\n' });
      expect(run.stdout).toMatch(/force: dns-metrics \(127\.0\.0\.1:9153\) answers\nkubesuite:ready after \d+ s with nc\n$/);
    });

    test.runIf(obeysPath)('and, as they are a pod, they tell when no policy is enforced at all', async () => {
      const run = await guard('exit 0', { seconds: 2, canaries: '', resolvConf: 'nameserver 127.0.0.1\n' });
      expect(run.exitCode).toBe(1);
      expect(run.terminationMessage).toMatch(/^error=policy-not-enforced after \d+ s with nc, although nothing declares it: dns-metrics \(127\.0\.0\.1:9153\) answers$/);
    });

    test.runIf(obeysPath)('there is none beside denials, and none in a chart without policies', async () => {
      const denying = await guard(`${looks(8)}exit 1; exit 0`, { denies: 'db 127.0.0.1 8' });
      const bare = await guard('exit 0', { policies: false });
      for (const { stdout } of [denying, bare]) expect(stdout).toMatch(/^kubesuite:ready after \d+ s with nc\n$/);
    });
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
