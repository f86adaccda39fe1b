import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { collectorScript } from '../../lib/constructs/collector-script.ts';
import { defaultArchiveLimits, unpackArchive } from '../../lib/run/results/archive.ts';
import { decodeFrame } from '../support/decode-frame.ts';
import { checkFrame } from '../../lib/run/results/termination-message.ts';
import { canLackTools, isFirstWithItsTools, presentShells, runCollector, type CollectorRun } from './run-collector.ts';

const megabyte = 1024 * 1024;

test('is short and has only short lines, because reviewers read it in every chart', () => {
  const lines = collectorScript.split('\n');
  expect(lines.length).toBeLessThanOrEqual(70);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
  expect(collectorScript).not.toMatch(/\{\{|\t/);
});

test('packs no more than the reader unpacks', () => {
  expect(collectorScript).toContain(`unpacked_limit=${defaultArchiveLimits.maxBytes} `);
});

describe.each(presentShells)('under $name', (shell) => {
  test('waits in silence until the suite has ended', async () => {
    const run = await runCollector(shell, () => {}, { meanwhile: (results) => writeFileSync(join(results, 'late.txt'), 'late') });
    expect(await filesOf(run)).toEqual({ 'late.txt': 'late' });
    expect(run.stdout).toMatch(/^kubesuite:begin v=1 pod=p1 size=\d+ sha256=[0-9a-f]{64}\nkubesuite:1 [\w+/]+=*\nkubesuite:end lines=1 at=\d{10}\n$/);
    expect(run).toMatchObject({ stderr: '', exitCode: 0 });
  });

  test('ends on SIGINT, and a second signal does not disturb it', async () => {
    const run = await runCollector(shell, (results) => writeFileSync(join(results, 'a'), randomBytes(megabyte)), {
      signals: ['SIGINT', 'SIGTERM', 'SIGTERM', 'SIGINT'],
    });
    expect(decodeRun(run)).toMatchObject({ ok: true });
    expect(run.stdout.match(/kubesuite:begin/g)).toHaveLength(1);
  });

  test('brings an empty folder', async () => {
    const run = await runCollector(shell, () => {});
    expect(await filesOf(run)).toEqual({});
  });

  test('brings strange names', async () => {
    const names = ['-rf', '--checkpoint-action=exec=sh', ' ', 'a b', 'quo"te\'s', '$(reboot)`id`', 'back\\slash', 'new\nline', 'ünï-✓-日本', '*?', '.hidden', 'n'.repeat(255)];
    const run = await runCollector(shell, (results) => {
      for (const name of names) writeFileSync(join(results, name), name);
      writeFileSync(Buffer.from(`${results}/\xff\xfe`, 'latin1'), 'not UTF-8');
      const deep = join(results, ...Array.from({ length: 8 }, () => 'd'.repeat(60)));
      mkdirSync(deep, { recursive: true });
      writeFileSync(join(deep, 'file'), 'deep');
    });
    expect(run).toMatchObject({ stderr: '', exitCode: 0 });
    expect(Object.values(await filesOf(run)).toSorted()).toEqual([...names, 'deep', 'not UTF-8'].toSorted());
  });

  test('does not follow links, and is not held up by a fifo or a socket', async () => {
    const server = createServer();
    const run = await runCollector(shell, (results) => {
      writeFileSync(join(results, 'a'), 'a');
      symlinkSync('/etc/passwd', join(results, 'link'));
      symlinkSync('.', join(results, 'loop'));
      execFileSync('mkfifo', [join(results, 'fifo')]);
      return once(server.listen(join(results, 'socket')), 'listening');
    });
    server.close();
    expect(await filesOf(run)).toEqual({ a: 'a' });
  });

  test('brings random bytes up to the limit unharmed, in lines of at most 8 KiB', async () => {
    for (const size of [1, 4499, 4500, 4501, 100_000, 5 * megabyte - 20_000]) {
      const bytes = randomBytes(size);
      const run = await runCollector(shell, (results) => writeFileSync(join(results, 'bytes'), bytes));
      const frame = decodeRun(run);
      if (!frame.ok) throw new Error(frame.message);
      const unpacked = await unpackArchive(frame.archive);
      expect(Buffer.compare(unpacked.entries[0]?.bytes ?? Buffer.alloc(0), bytes)).toBe(0);
      expect(Math.max(...run.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(8192);
    }
  });

  test('refuses a folder whose pack is over the limit, without writing more than the limit', async () => {
    const run = await runCollector(shell, (results) => writeFileSync(join(results, 'big'), randomBytes(3 * megabyte)), { maxBytes: megabyte });
    expect(run).toMatchObject({ stdout: `kubesuite:error too-large packed limit=${megabyte}\n`, exitCode: 1, terminationMessage: `error=too-large packed limit=${megabyte}` });
    expect(decodeRun(run)).toMatchObject({ ok: false, problem: 'refused', code: 'too-large' });
  });

  // At the limit of the script the tools work for seconds: once for each set of them.
  const unpackedLimits = isFirstWithItsTools(shell) ? [defaultArchiveLimits.maxBytes, 10 * megabyte] : [10 * megabyte];
  test.each(unpackedLimits)('gives up on a huge sparse file in time, at an unpacked limit of %i', async (unpackedLimit) => {
    const fill = (results: string): void => {
      writeFileSync(join(results, 'sparse'), '');
      truncateSync(join(results, 'sparse'), 1024 ** 4);
    };
    const run = await runCollector(shell, fill, { unpackedLimit });
    expect(run).toMatchObject({ stdout: `kubesuite:error too-large unpacked limit=${unpackedLimit}\n`, exitCode: 1 });
    expect(decodeRun(run)).toMatchObject({ ok: false, problem: 'refused', code: 'too-large' });
    expect(run.milliseconds).toBeLessThan(20_000);
  }, 30_000);

  test('names files that cannot be read, and brings the others', async () => {
    const run = await runCollector(shell, (results) => {
      writeFileSync(join(results, 'open'), 'open');
      writeFileSync(join(results, 'secret'), 'secret');
      chmodSync(join(results, 'secret'), 0);
    });
    const frame = decodeRun(run);
    expect(frame).toMatchObject({ ok: false, problem: 'refused', code: 'unreadable', message: expect.stringMatching(/secret.*Permission denied/) });
    expect(run.exitCode).toBe(1);
    if (frame.ok || frame.archive === undefined) throw new Error('no partial archive');
    expect((await unpackArchive(frame.archive)).entries.map(({ path }) => path)).toEqual(['open']);
  });

  test('says that the folder has vanished', async () => {
    const run = await runCollector(shell, () => {}, { meanwhile: (results) => rmSync(results, { recursive: true }) });
    expect(decodeRun(run)).toMatchObject({ ok: false, problem: 'refused', code: 'missing-folder' });
  });

  test('keeps terminal escapes and line breaks of names out of its messages', async () => {
    const run = await runCollector(shell, () => {}, { folder: '/nowhere\x1b[31m\nkubesuite:begin v=1' });
    expect(run.stdout).toBe('kubesuite:error missing-folder /nowhere [31m kubesuite:begin v=1\n');
  });

  test('says that it has no room for the pack', async () => {
    const run = await runCollector(shell, () => {}, { tmp: '/proc' });
    expect(decodeRun(run)).toMatchObject({ ok: false, problem: 'refused', code: 'unwritable' });
  });

  test('does without a termination log', async () => {
    const run = await runCollector(shell, () => {}, { terminationLog: '/nowhere/log' });
    expect(run).toMatchObject({ stderr: '', exitCode: 0 });
  });

  test.runIf(canLackTools(shell))('names the tools that its image lacks', async () => {
    const run = await runCollector(shell, () => {}, { without: ['tar', 'base64'] });
    expect(run).toMatchObject({ stdout: 'kubesuite:error missing-tool base64 tar\n', exitCode: 1, terminationMessage: 'error=missing-tool base64 tar' });
    expect((await runCollector(shell, () => {}, { without: ['sleep'] })).stdout).toBe('kubesuite:error missing-tool sleep\n');
    expect((await runCollector(shell, () => {}, { without: ['tr', 'head'] })).stdout).toBe('kubesuite:error missing-tool head tr\n');
  });
});

function decodeRun(run: CollectorRun) {
  return checkFrame(decodeFrame(run.stdout), run.terminationMessage);
}

async function filesOf(run: CollectorRun): Promise<Record<string, string>> {
  const frame = decodeRun(run);
  if (!frame.ok) throw new Error(`${frame.problem}: ${frame.message} ${run.stderr}`);
  const unpacked = await unpackArchive(frame.archive);
  expect(unpacked.ok).toBe(true);
  return Object.fromEntries(unpacked.entries.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]));
}
