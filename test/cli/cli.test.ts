import { copyFile, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { applyPatch, parsePatch } from 'diff';
import { describe, expect } from 'vitest';
import { parse } from 'yaml';
import { test, type EmptyFolder } from '../support/cli.ts';
import { FakeScreen } from '../support/fake-screen.ts';

const root = resolve(import.meta.dirname, '../..');

async function initialize(folder: EmptyFolder): Promise<void> {
  await mkdir(join(folder.path, 'node_modules'));
  await symlink(root, join(folder.path, 'node_modules/kubesuite'));
  expect((await folder.kubesuite(['init', 'shop'])).exitCode).toBe(0);
}

const kubeconfig = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:4' } }],
  users: [{ name: 'u', user: { token: 't' } }],
  contexts: [{ name: 'production', context: { cluster: 'c', user: 'u' } }],
  'current-context': 'production',
});

describe('help', () => {
  test('of the program', async ({ folder }) => {
    const { stdout, exitCode } = await folder.spawnKubesuite(['--help']);
    expect(exitCode).toBe(0);
    await expect(stdout).toMatchFileSnapshot('golden/help.txt');
  });

  test.for(['init', 'synth', 'plan', 'run', 'wait', 'merge', 'report', 'clean'])('of %s', async (command, { folder }) => {
    const { stdout, exitCode } = await folder.kubesuite([command, '--help']);
    expect(exitCode).toBe(0);
    await expect(stdout).toMatchFileSnapshot(`golden/help-${command}.txt`);
  });
});

describe('init', () => {
  test('writes a project whose chart can be made at once', async ({ folder }) => {
    await initialize(folder);
    const { stdout, exitCode } = await folder.spawnKubesuite(['synth']);
    expect(stdout).toBe('Wrote charts/shop: 11 files, 1 suite.\n');
    expect(exitCode).toBe(0);
  });

  test.for([
    ['{"type":"module"}', 'ts', '{"type":"module"}'],
    ['{"type":"commonjs"}', 'mts', '{"type":"commonjs"}'],
    ['{"name":"app","main":"index.js"}', 'mts', '{"name":"app","main":"index.js"}'],
    ['{"devDependencies":{}}', 'ts', '{\n  "type": "module",\n  "devDependencies": {}\n}\n'],
  ] as const)('beside the package.json %s writes ES modules: .%s', async ([manifest, ending, after], { folder }) => {
    await writeFile(join(folder.path, 'package.json'), manifest);
    await initialize(folder);
    expect(await folder.list()).toEqual(expect.arrayContaining([`main.${ending}`, `suites.config.${ending}`]));
    expect(await readFile(join(folder.path, 'cdk8s.yaml'), 'utf8')).toContain(`app: node main.${ending}\n`);
    expect(await readFile(join(folder.path, 'package.json'), 'utf8')).toBe(after);
    const { exitCode, stderr } = await folder.kubesuite(['synth']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  test('overwrites nothing', async ({ folder }) => {
    await writeFile(join(folder.path, 'main.ts'), 'mine');
    const { stderr, exitCode } = await folder.kubesuite(['init']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('These files exist already: main.ts.');
    expect(await folder.list()).toEqual(['main.ts']);
  });

  test.for([['My Shop', "write 'my-shop'"], ['../shop', "write 'shop'"], ["x', y: '", "write 'x-y'"], ['a'.repeat(41), 'at most 40']])('writes nothing for the name %j', async ([name, hint], { folder }) => {
    const { stderr, stdout, exitCode } = await folder.kubesuite(['init', name ?? '']);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('must be at most 40 lower-case letters');
    expect(stderr).toContain(hint);
    expect(await folder.list()).toEqual([]);
  });
});

test.for(['1', 'TRUE', 'yes'])('PRODUCTION_MODE=%s is refused, as it would not be production', async (word, { folder }) => {
  await initialize(folder);
  const { stderr, stdout, exitCode } = await folder.kubesuite(['run'], { PRODUCTION_MODE: word });
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
  expect(stderr).toContain(`PRODUCTION_MODE must be true or false; received "${word}".`);
});

test('a queue timeout that is no duration is refused', async ({ folder }) => {
  const { stderr, exitCode } = await folder.kubesuite(['wait', 'shop', '--queue-timeout', '5']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("It must be a duration such as '90s', '5m' or '1h30m'.");
});

describe('a wrong config', () => {
  test.for([['synth'], ['synth', '--check'], ['run']])('is refused by %j with all its problems, and nothing is written', async (args, { folder }) => {
    await copyFile(join(root, 'test/unit/config/fixtures/wrong.config.ts'), join(folder.path, 'suites.config.ts'));
    const { stderr, stdout, exitCode } = await folder.kubesuite(args);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(Number(/has (\d+) problems/.exec(stderr)?.[1])).toBeGreaterThanOrEqual(15);
    expect(await folder.list()).toEqual(['suites.config.ts']);
  });
});

describe('synth --output', () => {
  test('refuses a folder with something else in it, and leaves it as it was', async ({ folder }) => {
    await initialize(folder);
    await mkdir(join(folder.path, 'own/templates'), { recursive: true });
    await writeFile(join(folder.path, 'own/templates/page.html'), 'precious');
    const { stderr, exitCode } = await folder.kubesuite(['synth', '--output', 'own']);
    expect(stderr).toMatch(/own is not empty and holds no chart: the chart 'shop' would replace and remove files in it\./);
    expect(exitCode).toBe(2);
    expect(await readdir(join(folder.path, 'own'), { recursive: true })).toEqual(['templates', 'templates/page.html']);
    await writeFile(join(folder.path, 'own/Chart.yaml'), 'name: other\n');
    expect((await folder.kubesuite(['synth', '--output', 'own'])).stderr).toContain("holds the chart 'other'");
  });

  test('refuses what cannot be a folder', async ({ folder }) => {
    await initialize(folder);
    await writeFile(join(folder.path, 'file'), '');
    for (const output of ['file', 'file/below', ...(process.platform === 'linux' ? ['/proc/none'] : [])]) {
      const { stderr, exitCode } = await folder.kubesuite(['synth', '--output', output]);
      expect(stderr).toMatch(/The folder of the chart cannot be written: E(?:NOTDIR|NOENT)[^]*hint: choose another one with --output/);
      expect(exitCode).toBe(2);
    }
  });

  test('says which templates it removed from the chart', async ({ folder }) => {
    await initialize(folder);
    await folder.kubesuite(['synth']);
    await writeFile(join(folder.path, 'charts/shop/templates/mine.yaml'), '');
    expect((await folder.kubesuite(['synth'])).stdout).toMatch(/^Removed charts\/shop\/templates\/mine\.yaml, which the chart does not have\.\nWrote /);
  });
});

test.for([
  [['run', '--values', 'nope.yaml'], "--values names no file that can be read: received 'nope.yaml'"],
  [['run', '--values', '-'], "--values must name a file or a URL; received '-'"],
  [['run', '--output-dir', ''], 'It must be a path, and is empty.'],
  [['run', '--chart', 'charts', '--frozen'], 'cannot be used with option'],
  [['run', '--release', 'A_b'], 'It must be the name of a Helm release'],
  [['wait', 'x'.repeat(54)], 'It must be the name of a Helm release'],
  [['clean', 'shop', '--namespace', 'A b'], 'It must be the name of a namespace'],
] as const)('%j is refused before anything is asked of a cluster', async ([args, complaint], { folder }) => {
  await initialize(folder);
  const { stderr, exitCode } = await folder.kubesuite([...args]);
  expect(stderr).toContain(complaint);
  expect(exitCode).toBe(2);
});

describe('synth --check', () => {
  test('says what is stale, with a diff, and exits with 2', async ({ folder }) => {
    await initialize(folder);
    await folder.kubesuite(['synth']);
    expect(await folder.kubesuite(['synth', '--check'])).toMatchObject({ exitCode: 0, stdout: 'charts/shop is up to date.\n' });
    const config = join(folder.path, 'suites.config.ts');
    await writeFile(config, (await readFile(config, 'utf8')).replace('2m', '3m'));
    // Node imports a config only once.
    const { stdout, exitCode } = await folder.spawnKubesuite(['synth', '--check']);
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/^-\s+timeoutSeconds: 120$/m);
    expect(stdout).toMatch(/^\+\s+timeoutSeconds: 180$/m);
    expect(stdout).toContain('run `kubesuite synth`');
  });

  test('says that there is no chart, without a diff of all of it', async ({ folder }) => {
    await initialize(folder);
    expect(await folder.kubesuite(['synth', '--check'])).toEqual({ exitCode: 2, stdout: 'There is no chart in charts/shop: run `kubesuite synth`.\n', stderr: '' });
  });

  test('prints what patch makes the chart of that synth would write', async ({ folder }) => {
    await initialize(folder);
    await folder.kubesuite(['synth']);
    const chart = join(folder.path, 'charts/shop');
    await writeFile(join(chart, 'templates/left-over.yaml'), 'kind: Pod\n');
    await rm(join(chart, 'templates/hello.yaml'));
    await writeFile(join(chart, 'values.yaml'), (await readFile(join(chart, 'values.yaml'), 'utf8')).replace('productionMode: false', 'productionMode: true'));
    const { stdout, exitCode } = await folder.kubesuite(['synth', '--check']);
    expect(exitCode).toBe(2);
    const patches = parsePatch(stdout.slice(0, stdout.lastIndexOf('\ncharts/shop is stale')));
    expect(patches.map(({ oldFileName, newFileName }) => [oldFileName, newFileName])).toEqual([
      ['/dev/null', 'b/templates/hello.yaml'],
      ['a/templates/left-over.yaml', '/dev/null'],
      ['a/values.yaml', 'b/values.yaml'],
    ]);
    for (const patch of patches) {
      const [before, after] = [patch.oldFileName, patch.newFileName].map((name = '') => (name === '/dev/null' ? undefined : join(chart, name.slice(2))));
      const patched = applyPatch(before === undefined ? '' : await readFile(before, 'utf8'), patch);
      if (patched === false) throw new Error(`${String(patch.newFileName)} cannot be patched`);
      if (after === undefined) await rm(before ?? '');
      else await writeFile(after, patched);
    }
    expect(await folder.kubesuite(['synth', '--check'])).toMatchObject({ exitCode: 0, stdout: 'charts/shop is up to date.\n' });
  });
});

describe('plan', () => {
  test('shows the chosen suites as a table, as JSON and as Markdown, and needs no cluster', async ({ folder }) => {
    await initialize(folder);
    const table = await folder.kubesuite(['plan']);
    expect(table).toMatchObject({ exitCode: 0, stderr: '' });
    expect(table.stdout).toMatch(/^shop: 1 suite, 1 Job$/m);
    expect(table.stdout).toMatch(/^START +SUITE +TYPE +JOBS +REQUESTS/m);
    const json = await folder.kubesuite(['plan', '--json', '--type', 'smoke']);
    expect(JSON.parse(json.stdout)).toMatchObject({ version: 1, name: 'shop', totals: { suites: 1, jobs: 1 }, suites: [{ settings: { type: 'smoke' } }] });
    const markdown = await folder.kubesuite(['plan', '--markdown']);
    expect(markdown.stdout).toMatch(/^### <code>shop<\/code>: 1 suite, 1 Job$/m);
  });

  test('fits a terminal, and cuts nothing', async ({ folder }) => {
    await initialize(folder);
    const [piped, narrow] = [await folder.kubesuite(['plan']), await folder.kubesuite(['plan'], {}, new FakeScreen({ interactive: true, columns: 60 }))];
    expect(Math.max(...piped.stdout.split('\n').map((line) => line.length))).toBeGreaterThan(100);
    expect(Math.max(...narrow.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(narrow.stdout).toMatch(/^COMMAND +sh \/tests\/hello.sh$/m);
  });

  test.for([
    [['--json', '--markdown'], "option '--json' cannot be used with option '--markdown'"],
    [['nope'], "There is no suite 'nope'"],
  ] as const)('refuses %j', async ([args, message], { folder }) => {
    await initialize(folder);
    const { stdout, stderr, exitCode } = await folder.kubesuite(['plan', ...args]);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toContain(message);
  });
});

test('the workflow of the guide runs commands that exist, and only its last job may write', async ({ folder }) => {
  await initialize(folder);
  await folder.kubesuite(['synth']);
  const workflow: Workflow = parse(await readFile(join(root, 'examples/review/plan.yml'), 'utf8'));
  const commands = (workflow.jobs['plan']?.steps ?? []).flatMap(({ run = '' }) => /^npx kubesuite ([^>]+)/.exec(run)?.[1]?.trim() ?? []);
  expect(commands).toEqual(['synth --check', 'plan --markdown']);
  for (const command of commands) expect(await folder.kubesuite(command.split(' '))).toMatchObject({ exitCode: 0, stderr: '' });
  expect(workflow.permissions).toEqual({ contents: 'read' });
  expect(workflow.jobs['plan']).not.toHaveProperty('permissions');
  expect(workflow.jobs['comment']?.steps.filter(({ uses = '' }) => uses.includes('checkout'))).toEqual([]);
});

interface Workflow {
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly run?: string; readonly uses?: string }[] }>>;
}

describe('a cluster that nobody chose', () => {
  test('is not touched: a context that is not local needs --context', async ({ folder }) => {
    await initialize(folder);
    await writeFile(join(folder.path, 'kubeconfig'), kubeconfig);
    const env = { KUBECONFIG: join(folder.path, 'kubeconfig') };
    const refused = [await folder.spawnKubesuite(['run'], env), await folder.kubesuite(['run'], env), await folder.kubesuite(['wait', 'shop'], env), await folder.kubesuite(['clean', 'shop'], env)];
    for (const { stderr, exitCode } of refused) {
      expect(exitCode).toBe(2);
      expect(stderr).toContain("The current context 'production' is not a known local cluster.");
      expect(stderr).toContain('--context production');
    }
  });

  test('is not made up where there is no kubeconfig at all', async ({ folder }) => {
    const { stderr, exitCode } = await folder.kubesuite(['wait', 'shop', '--context', 'loaded-context'], { KUBECONFIG: '', HOME: folder.path, KUBERNETES_SERVICE_HOST: '' });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('There is no kubeconfig: neither $KUBECONFIG nor ~/.kube/config, and this is no pod with a service account.');
  });

  test('an unknown context is refused with those that exist', async ({ folder }) => {
    await initialize(folder);
    await writeFile(join(folder.path, 'kubeconfig'), kubeconfig);
    const { stderr, exitCode } = await folder.kubesuite(['run', '--context', 'prod'], { KUBECONFIG: join(folder.path, 'kubeconfig') });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('it has: production');
  });
});

describe('a cluster that does not answer', () => {
  test('is an infrastructure error with a hint, and no stack', async ({ folder }) => {
    await writeFile(join(folder.path, 'kubeconfig'), kubeconfig);
    const { stderr, exitCode } = await folder.kubesuite(['wait', 'shop', '--context', 'production'], { KUBECONFIG: join(folder.path, 'kubeconfig') });
    expect(exitCode).toBe(3);
    expect(stderr).toBe(
      [
        "error: The cluster at https://127.0.0.1:4 did not answer the request to get ConfigMap 'shop-suites' in namespace 'default': connect ECONNREFUSED 127.0.0.1:4",
        'hint: check that the cluster runs, the network and the address and certificates of the kubeconfig: kubectl cluster-info',
        '',
      ].join('\n'),
    );
  });
});

describe('usage', () => {
  test.for([
    [['rum'], 'unknown command'],
    [['run', '--retires'], 'unknown option'],
    [['wait'], "missing required argument 'release'"],
    [['report', 'nothing'], "There is no run 'nothing'"],
  ] as const)('%j is refused', async ([args, message], { folder }) => {
    const { stderr, exitCode } = await folder.kubesuite(args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  test('is refused by a process as well', async ({ folder }) => {
    const { stdout, stderr, exitCode } = await folder.spawnKubesuite(['rum']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('unknown command');
    expect(stdout).toBe('');
  });

  test('a suite, type or tag that does not exist is refused before anything is installed', async ({ folder }) => {
    await initialize(folder);
    const { stderr, exitCode } = await folder.kubesuite(['run', 'helo', '--type', 'smok', '--tag', 'x']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("There is no suite 'helo'");
    expect(stderr).toContain("There is no type 'smok'");
    expect(stderr).toContain("There is no tag 'x'");
  });
});
