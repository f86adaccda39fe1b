import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { test, type EmptyFolder } from '../support/cli.ts';
import { passingRun } from '../support/passing-run.ts';

async function writeRun(folder: EmptyFolder): Promise<string> {
  const root = join(folder.path, '.kubesuite/runs/r1');
  await mkdir(root, { recursive: true });
  await writeFile(join(root, 'events.jsonl'), passingRun.map((event) => `${JSON.stringify(event)}\n`).join(''));
  return root;
}

test('a run that passed, with all its report files, is exit code 0', async ({ folder }) => {
  const root = await writeRun(folder);
  expect(await folder.kubesuite(['report', 'r1'])).toMatchObject({ exitCode: 0, stderr: '' });
  expect(JSON.parse(await readFile(join(root, 'report.json'), 'utf8'))).not.toHaveProperty('reporterErrors');
});

test('a JUnit file that cannot be written is said in summary and report, and is exit code 3 with the same verdict', async ({ folder }) => {
  const root = await writeRun(folder);
  await mkdir(join(root, 'junit.xml'));
  const { exitCode, stdout, stderr } = await folder.kubesuite(['report', 'r1']);
  expect(exitCode).toBe(3);
  expect(stderr).toContain("error: reporter 'junit' failed in onTestRunEnd: junit.xml cannot be written: EISDIR");
  expect(stdout).toMatch(/Errors {2}reporter 'junit' failed in onTestRunEnd: junit.xml cannot be written: EISDIR.*\n\nPASSED {2}exit code 3\n$/);
  expect(JSON.parse(await readFile(join(root, 'report.json'), 'utf8'))).toMatchObject({
    verdict: 'passed',
    exitCode: 3,
    reporterErrors: [expect.stringContaining("reporter 'junit' failed in onTestRunEnd: junit.xml cannot be written: EISDIR")],
  });
});

test('a report.json that cannot be written is said in the summary and is exit code 3', async ({ folder }) => {
  const root = await writeRun(folder);
  await mkdir(join(root, 'report.json'));
  const { exitCode, stdout } = await folder.kubesuite(['report', 'r1']);
  expect(exitCode).toBe(3);
  expect(stdout).toContain("Errors  reporter 'json' failed in onTestRunEnd: report.json cannot be written: EISDIR");
  expect(await readFile(join(root, 'junit.xml'), 'utf8')).toContain('<testsuites');
});

test('a run has one end, whatever is written behind it', async ({ folder }) => {
  const root = await writeRun(folder);
  const once = await folder.kubesuite(['report', 'r1']);
  await appendFile(join(root, 'events.jsonl'), '{"type":"from-nowhere"}\n{"type":"run-ended","at":"2026-01-01T00:00:00Z"}\n');
  expect(await folder.kubesuite(['report', 'r1'])).toEqual(once);
});
