import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect } from 'vitest';
import type { RunEvent } from '../../lib/run/events.ts';
import type { SuiteReport } from '../../lib/run/report.ts';
import { runInfo, runReport } from '../reporters/support/reports.ts';
import { eventsOf } from '../reporters/support/sample-events.ts';
import { samples } from '../reporters/support/sample-suites.ts';
import { test, type EmptyFolder } from '../support/cli.ts';

async function writeRun({ path }: EmptyFolder, id: string, suites: readonly SuiteReport[]): Promise<void> {
  const root = join(path, '.kubesuite/runs', id);
  const events: readonly RunEvent[] = eventsOf({ ...runReport(suites), run: { ...runInfo, id } });
  const logs = events.flatMap((event) => (event.type === 'log-collected' ? [event.path] : []));
  await mkdir(root, { recursive: true });
  await writeFile(join(root, 'events.jsonl'), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  for (const log of logs) {
    await mkdir(dirname(join(root, log)), { recursive: true });
    await writeFile(join(root, log), `\u2028the log of ${id}\n`);
  }
}

const suites = async (folder: EmptyFolder, path: string): Promise<readonly string[]> => {
  const report = JSON.parse(await readFile(join(folder.path, path), 'utf8')) as { readonly suites: readonly SuiteReport[] };
  return report.suites.map(({ key, verdict }) => `${key} ${verdict}`);
};

describe('kubesuite merge', () => {
  test('makes one run of folders and blobs, with logs, report and exit code', async ({ folder }) => {
    await writeRun(folder, 'r1', [samples.passed]);
    await writeRun(folder, 'r2', [samples.failed]);
    expect(await folder.kubesuite(['report', 'r2', '--reporter', 'blob', '--output-file', 'blob=shards/two.jsonl'])).toMatchObject({ exitCode: 1, stderr: '' });
    const { exitCode, stdout, stderr } = await folder.kubesuite(['merge', 'r1', 'shards/two.jsonl', '--reporter', 'line', '--reporter', 'json', '--output-file', 'json=merged.json']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(stdout).toContain('FAILED  suites: 1 failed, 1 passed (2)  tests: 2 failed, 24 passed (26)');
    expect((await suites(folder, 'merged.json')).toSorted()).toEqual(['ping passed', 'worker-2 failed']);
    const root = (await folder.list()).find((path) => /runs\/merged-\w+$/.test(path)) ?? '';
    expect(await readFile(join(folder.path, root, 'suites/ping/1/log.txt'), 'utf8')).toBe('\u2028the log of r1\n');
    expect(await readFile(join(folder.path, root, 'suites/worker-2/1/log.txt'), 'utf8')).toBe('\u2028the log of r2\n');
  });

  test('gives a run of its own, which can be reported and merged again', async ({ folder }) => {
    await writeRun(folder, 'r1', [samples.passed]);
    await writeRun(folder, 'r2', [samples.failed]);
    await folder.kubesuite(['merge', 'r1', 'r2']);
    const root = (await folder.list()).find((path) => /runs\/merged-\w+$/.test(path)) ?? '';
    const before = await readFile(join(folder.path, root, 'report.json'), 'utf8');
    expect(await folder.kubesuite(['report', root])).toMatchObject({ exitCode: 1 });
    expect(await readFile(join(folder.path, root, 'report.json'), 'utf8')).toBe(before);
    expect(await folder.kubesuite(['merge', `x=${root}`, '--reporter', 'json', '--output-file', 'json=again.json'])).toMatchObject({ exitCode: 1 });
    expect(await suites(folder, 'again.json')).toEqual(['x.ping passed', 'x.worker-2 failed']);
  });

  test('refuses a run alone in its own folder, whose events stay what they were', async ({ folder }) => {
    await writeRun(folder, 'r1', [samples.interrupted]);
    const log = join(folder.path, '.kubesuite/runs/r1/events.jsonl');
    const before = await readFile(log, 'utf8');
    const { exitCode, stdout, stderr } = await folder.kubesuite(['merge', 'r1']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('There is nothing to merge: run r1 is the only one');
    expect(stderr).toContain('hint: write its reports with: kubesuite report ');
    expect(await readFile(log, 'utf8')).toBe(before);
  });

  test('leaves the folder alone of a run from elsewhere with the same id', async ({ folder }) => {
    await writeRun(folder, 'r1', [samples.passed]);
    await folder.kubesuite(['report', 'r1', '--reporter', 'blob', '--output-file', 'blob=a.jsonl']);
    const log = join(folder.path, '.kubesuite/runs/r1/events.jsonl');
    const elsewhere = (await readFile(log, 'utf8')).replace(`"context":"${runInfo.context}"`, '"context":"elsewhere"');
    await writeFile(log, elsewhere);
    expect(await folder.kubesuite(['merge', 'a.jsonl'])).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await readFile(log, 'utf8')).toBe(elsewhere);
    expect(await folder.list()).toContain('.kubesuite/runs/r1-2/report.json');
  });

  test('refuses runs that were at the same time and have the same suite', async ({ folder }) => {
    await writeRun(folder, 'r1', [samples.passed]);
    await writeRun(folder, 'r2', [samples.passed]);
    expect(await folder.kubesuite(['merge', 'r1', 'r2'])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('hint: give the runs labels') });
    expect(await folder.kubesuite(['merge', 'old=r1', 'new=r2', '--reporter', 'json', '--output-file', 'json=both.json'])).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await suites(folder, 'both.json')).toEqual(['old.ping passed', 'new.ping passed']);
  });

  test.for([
    ['that is cut off', (text: string) => text.slice(0, text.lastIndexOf('{"lines"')), 'is cut off: it ends after'],
    ['with a line that is cut off', (text: string) => text.slice(0, -30), 'is no line of a blob'],
    ['that lost a line', (text: string) => text.replace(/\{"event":\{"type":"job.*\n/, ''), 'is cut off: it ends after'],
    ['with a file that is no gzip', (text: string) => text.replace(/"gzip":"[^"]*"/, '"gzip":"AAAA"'), "holds 'suites/ping/1/log.txt', which cannot be unpacked: "],
    ['with a file that has no content', (text: string) => text.replace(/,"gzip":"[^"]*"/, ''), "holds 'suites/ping/1/log.txt', which cannot be unpacked: "],
    ['of a newer version', (text: string) => text.replace('"version":1', '"version":2'), 'has version 2; this kubesuite reads up to 1.'],
    ['that is none', () => '{"a":1}\n', 'is no line of a blob'],
    ['without events', () => '{"kubesuite":"blob","version":1}\n{"lines":1}\n', "does not begin with a 'run-started' event"],
    ['that is empty', () => '', 'is cut off: it ends after 0 lines'],
  ] as const)('refuses a blob %s', async ([, damage, message], { folder }) => {
    await writeRun(folder, 'r1', [samples.passed]);
    await folder.kubesuite(['report', 'r1', '--reporter', 'blob', '--output-file', 'blob=a.jsonl']);
    await writeFile(join(folder.path, 'a.jsonl'), damage(await readFile(join(folder.path, 'a.jsonl'), 'utf8')));
    const { exitCode, stdout, stderr } = await folder.kubesuite(['merge', 'x=a.jsonl']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect((await folder.list()).filter((path) => path.includes('merged'))).toEqual([]);
  });

  test('writes no file of a blob outside of the folder of the run', async ({ folder }) => {
    await writeRun(folder, 'r1', [samples.passed]);
    await folder.kubesuite(['report', 'r1', '--reporter', 'blob', '--output-file', 'blob=a.jsonl']);
    const text = await readFile(join(folder.path, 'a.jsonl'), 'utf8');
    await writeFile(join(folder.path, 'a.jsonl'), text.replaceAll('suites/ping/1/log.txt', '../../../stolen.txt'));
    const { exitCode, stderr } = await folder.kubesuite(['merge', 'a.jsonl']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('A path in the run folder must stay in it');
    expect(await folder.list()).not.toContain('stolen.txt');
  });

  test.for(['"id":"../../escaped"', '"id":7', '"id":"a/b"', '"no":"id"'])('takes no blob whose run has %s', async (id, { folder }) => {
    await writeRun(folder, 'r1', [samples.passed]);
    await folder.kubesuite(['report', 'r1', '--reporter', 'blob', '--output-file', 'blob=a.jsonl']);
    const text = await readFile(join(folder.path, 'a.jsonl'), 'utf8');
    await writeFile(join(folder.path, 'a.jsonl'), text.replaceAll('"id":"r1"', id));
    const before = await folder.list();
    const { exitCode, stderr } = await folder.kubesuite(['merge', 'a.jsonl']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("a.jsonl: a run id has only a-z, 0-9 and '-'; received ");
    expect(await folder.list()).toEqual(before);
  });
});
