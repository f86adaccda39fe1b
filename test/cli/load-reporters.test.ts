import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { test, type EmptyFolder } from '../support/cli.ts';
import { passingRun } from '../support/passing-run.ts';

async function writeRun({ path }: EmptyFolder): Promise<string> {
  const root = join(path, '.kubesuite/runs/r1');
  await mkdir(root, { recursive: true });
  await writeFile(join(root, 'events.jsonl'), passingRun.map((event) => `${JSON.stringify(event)}\n`).join(''));
  return root;
}

describe('--reporter', () => {
  test('names a reporter of kubesuite, each once', async ({ folder }) => {
    await writeRun(folder);
    const { exitCode, stdout } = await folder.kubesuite(['report', 'r1', '--reporter', 'line', '--reporter', 'junit', '--reporter', 'line']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '✓ ping  smoke     0ms  1 test\nPASSED  suites: 1 passed (1)  tests: 1 passed (1)  0ms  exit code 0\n' });
    expect(await folder.list()).toContain('.kubesuite/runs/r1/junit.xml');
    expect(await folder.list()).not.toContain('.kubesuite/runs/r1/report.json');
  });

  test.for([
    ['jnit', "did you mean 'junit'?"],
    ['constructor', 'there is: default, line'],
    ['', 'there is: default, line'],
  ])('refuses %j', async ([name = '', hint], { folder }) => {
    await writeRun(folder);
    const { exitCode, stdout, stderr } = await folder.kubesuite(['report', 'r1', '--reporter', name]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(`error: Reporter must be one of default, line, json, junit, `);
    expect(stderr).toContain(`received ${JSON.stringify(name)}.\nhint: ${hint}`);
  });

  test('is refused before a run touches a cluster', async ({ folder }) => {
    await writeFile(join(folder.path, 'suites.config.ts'), "export default { name: 'shop', suites: { a: { type: 't', image: 'x' } }, types: { t: {} } };");
    expect(await folder.kubesuite(['run', '--reporter', './none.ts'])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('There is no reporter') });
    expect(await folder.kubesuite(['wait', 'shop', '--reporter', './none.ts'])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('There is no reporter') });
  });
});

describe('--reporter with a path or a package', () => {
  const classSource = `
    export default class {
      constructor({ screen, folder }) { this.screen = screen; this.folder = folder; }
      onTestSuiteEnd({ key, verdict }) { this.screen.write(key + ' ' + verdict + '\\n'); }
      async onTestRunEnd(report) { await this.folder.write('own.txt', report.verdict); }
    }`;

  test('takes a class', async ({ folder }) => {
    const root = await writeRun(folder);
    await writeFile(join(folder.path, 'mine.ts'), classSource);
    expect(await folder.kubesuite(['report', 'r1', '--reporter', './mine.ts'])).toEqual({ exitCode: 0, stdout: 'ping passed\n', stderr: '' });
    expect(await readFile(join(root, 'own.txt'), 'utf8')).toBe('passed');
  });

  test.for([
    ['an arrow function', 'export default ({ screen }) => ({ onTestRunEnd: () => screen.write("told\\n") })'],
    ['an async function', 'export default async ({ screen }) => ({ onTestRunEnd: () => screen.write("told\\n") })'],
    ['a function', 'export default function create({ screen }) { return { onTestRunEnd: () => screen.write("told\\n") } }'],
  ])('takes %s', async ([, source = ''], { folder }) => {
    await writeRun(folder);
    await writeFile(join(folder.path, 'mine.mjs'), source);
    expect(await folder.kubesuite(['report', 'r1', '--reporter', './mine.mjs'])).toEqual({ exitCode: 0, stdout: 'told\n', stderr: '' });
  });

  test('takes a package', async ({ folder }) => {
    await writeRun(folder);
    const home = join(folder.path, 'node_modules/@shop/reporter');
    await mkdir(home, { recursive: true });
    await writeFile(join(home, 'package.json'), JSON.stringify({ name: '@shop/reporter', type: 'module', exports: './index.js' }));
    await writeFile(join(home, 'index.js'), classSource);
    expect(await folder.kubesuite(['report', 'r1', '--reporter', '@shop/reporter'])).toMatchObject({ exitCode: 0, stdout: 'ping passed\n' });
  });

  test.for([
    ['a syntax error', 'export default {', 'cannot be imported: '],
    ['an import that is missing', "import './none.ts'; export default class {}", 'cannot be imported: Error: Cannot find module'],
    ['no default export', 'export const a = 1;', 'must have a class or a function as its default export; received none.'],
    ['a default export that is no function', 'export default {};', 'must have a class or a function as its default export; received object.'],
  ])('refuses %s', async ([, source = '', message], { folder }) => {
    await writeRun(folder);
    await writeFile(join(folder.path, 'mine.ts'), source);
    const { exitCode, stdout, stderr } = await folder.kubesuite(['report', 'r1', '--reporter', './mine.ts']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(`error: The reporter ./mine.ts ${message}`);
  });

  test.for([
    ['constructor', 'export default class { constructor() { throw new Error("no license") } }', 'no license'],
    ['factory', 'export default () => undefined', 'the default export of ./mine.ts gave no reporter'],
  ])('tells a %s that fails, with the verdict of the run, and exit code 3', async ([, source = '', message = ''], { folder }) => {
    await writeRun(folder);
    await writeFile(join(folder.path, 'mine.ts'), source);
    const { exitCode, stdout, stderr } = await folder.kubesuite(['report', 'r1', '--reporter', 'line', '--reporter', './mine.ts']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: `error: reporter './mine.ts' failed in onTestRunStart: ${message}\n` });
    expect(stdout).toContain('PASSED');
  });
});

test.for([
  ['a promise that is rejected', 'void Promise.reject(new Error("dashboard is away"))'],
  ['a timer that throws', 'setTimeout(() => { throw new Error("dashboard is away"); })'],
])('what a reporter does not wait for ends no run, and is told with exit code 3: %s', async ([, statement = ''], { folder }) => {
  const root = await writeRun(folder);
  await writeFile(join(folder.path, 'stray.mjs'), `export default class { async onTestSuiteEnd() { ${statement}; await new Promise((resolve) => setTimeout(resolve, 50)); } }`);
  const { exitCode, stdout, stderr } = await folder.spawnKubesuite(['report', 'r1', '--reporter', './stray.mjs', '--reporter', 'line', '--reporter', 'json']);
  expect(stdout).toMatch(/PASSED .*exit code 3\n$/);
  expect(stderr).toBe('error: a reporter failed in something that it does not wait for: dashboard is away\n');
  expect(exitCode).toBe(3);
  expect(JSON.parse(await readFile(join(root, 'report.json'), 'utf8'))).toMatchObject({ verdict: 'passed', exitCode: 3, reporterErrors: [expect.stringContaining('dashboard is away')] });
});

describe('--output-file', () => {
  test('moves the file of a reporter', async ({ folder }) => {
    await writeRun(folder);
    expect(await folder.kubesuite(['report', 'r1', '--output-file', 'junit=reports/kubesuite.xml'])).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await readFile(join(folder.path, 'reports/kubesuite.xml'), 'utf8')).toContain('<testsuites');
    expect(await folder.list()).not.toContain('.kubesuite/runs/r1/junit.xml');
    expect(await folder.list()).toContain('.kubesuite/runs/r1/report.json');
  });

  test.for([
    ['junit', 'received "junit".'],
    ['junit=', 'received "junit=".'],
    ['line=a.txt', 'received "line=a.txt".'],
    ['ctrf=a.json', 'hint: choose the reporter as well: --reporter ctrf'],
    ['jnit=a.xml', "hint: did you mean 'junit'?"],
  ])('refuses %s', async ([value = '', message], { folder }) => {
    await writeRun(folder);
    const { exitCode, stderr } = await folder.kubesuite(['report', 'r1', '--output-file', value]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  test('refuses two paths for the same reporter', async ({ folder }) => {
    await writeRun(folder);
    const { exitCode, stdout, stderr } = await folder.kubesuite(['report', 'r1', '--output-file', 'junit=a.xml', '--output-file', 'json=a.json', '--output-file', 'junit=b.xml']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toBe('error: --output-file must name each reporter once; received junit=a.xml and junit=b.xml.\nhint: keep one path for junit\n');
  });

  test('refuses one path for two reporters', async ({ folder }) => {
    await writeRun(folder);
    const { exitCode, stdout, stderr } = await folder.kubesuite(['report', 'r1', '--output-file', 'junit=same', '--output-file', 'json=same']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('--output-file must give each reporter a file of its own; received same for junit and json.');
  });

  test.for([
    ['below a file', 'file/junit.xml'],
    ['a folder', 'folder'],
  ] as const)('that cannot be written is refused before the run: %s', async ([, path], { folder }) => {
    await writeRun(folder);
    await writeFile(join(folder.path, 'file'), '');
    await mkdir(join(folder.path, 'folder'));
    const { exitCode, stdout, stderr } = await folder.kubesuite(['report', 'r1', '--output-file', `junit=${path}`]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(`--output-file must name a file that can be written; received "junit=${path}": `);
  });
});

test('in GitHub Actions the github reporter is added, unless reporters are chosen', async ({ folder }) => {
  await writeRun(folder);
  const summary = join(folder.path, 'summary.md');
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary, GITHUB_WORKSPACE: folder.path };
  await folder.kubesuite(['report', 'r1', '--reporter', 'line'], env);
  expect(await folder.list()).not.toContain('summary.md');
  await folder.kubesuite(['report', 'r1'], env);
  expect(await readFile(summary, 'utf8')).toContain('## ✓ `shop` passed');
});
