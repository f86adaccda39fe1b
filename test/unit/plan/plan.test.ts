import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../lib/config/load.ts';
import type { ResolvedConfig } from '../../../lib/config/resolved.ts';
import { createPlan } from '../../../lib/plan/create-plan.ts';
import { renderPlanJson } from '../../../lib/plan/render/json.ts';
import { renderPlanMarkdown } from '../../../lib/plan/render/markdown.ts';
import { renderPlanTable } from '../../../lib/plan/render/table.ts';
import { createStyle } from '../../../lib/reporters/render/style.ts';
import { configOf, filesResults, imageOf, suiteOf, variedConfig } from '../../charts/support/fixture.ts';

const style = createStyle({ colors: false });

describe('a plan', () => {
  const plan = createPlan(variedConfig);

  it('as a table is as reviewed', async () => {
    await expect(renderPlanTable(plan, style)).toMatchFileSnapshot('golden/plan.txt');
  });

  it('as Markdown is as reviewed', async () => {
    await expect(renderPlanMarkdown(plan)).toMatchFileSnapshot('golden/plan.md');
  });

  it('as JSON is as reviewed, and nothing is lost in it', async () => {
    await expect(renderPlanJson(plan)).toMatchFileSnapshot('golden/plan.json');
    expect(JSON.parse(renderPlanJson(plan))).toEqual(plan);
  });

  it('starts types of a higher priority first, and those of the same priority together', () => {
    const config = configOf({
      types: { late: { name: 'late', priority: -1 }, first: { name: 'first', priority: 9 }, also: { name: 'also', priority: 9 }, unused: { name: 'unused', priority: 5 } },
      suites: [suiteOf({ name: 'a', type: 'late' }), suiteOf({ name: 'b', type: 'first' }), suiteOf({ name: 'c', type: 'also', shards: 3 })],
    });
    const { types, suites, totals } = createPlan(config);
    expect(types.map(({ name, stage, jobs }) => [name, stage, jobs])).toEqual([['first', 1, 1], ['also', 1, 3], ['late', 2, 1]]);
    expect(suites.map(({ name, stage, jobs }) => [name, stage, jobs])).toEqual([['b', 1, ['b']], ['c', 1, ['c-1', 'c-2', 'c-3']], ['a', 2, ['a']]]);
    expect(totals).toEqual({ suites: 3, jobs: 5, requests: { cpu: '250m', memory: '320Mi' } });
  });

  it('shows a controlled start: what needs others comes after them, also before a lower priority', () => {
    const config = configOf({
      start: 'controlled',
      types: { high: { name: 'high', priority: 9 }, low: { name: 'low', priority: 1 } },
      suites: [suiteOf({ name: 'last', type: 'high', needs: ['base'] }), suiteOf({ name: 'base', type: 'low' }), suiteOf({ name: 'first', type: 'high' }), suiteOf({ name: 'other', type: 'low' })],
    });
    const controlled = createPlan(config);
    expect(controlled.suites.map(({ name, stage }) => [name, stage])).toEqual([['first', 1], ['base', 2], ['other', 2], ['last', 3]]);
    const text = renderPlanTable(controlled, style);
    expect(text).toContain('start: controlled: the CLI starts the Jobs in this order');
    expect(text).toMatch(/^3 +last +high +base /m);
    expect(text).not.toContain('Without priorityClasses.create the priorities have no effect');
  });

  it('leaves out what was not chosen, with the types and images that only it needs', () => {
    const { suites, types, images, leftOut, totals } = createPlan(variedConfig, { leftOut: variedConfig.suites.map(({ name }) => name).filter((name) => name !== 'ping') });
    expect(suites.map(({ name }) => name)).toEqual(['ping']);
    expect(types.map(({ name }) => name)).toEqual(['smoke']);
    expect(images.map(({ name }) => name)).toEqual(['tests']);
    expect(leftOut).toHaveLength(variedConfig.suites.length - 1);
    expect(totals).toMatchObject({ suites: 1, jobs: 1 });
  });

  it('shows the limit of CPU that a collector has beside a suite with one', () => {
    const limited = { requests: {}, limits: { cpu: '1' } };
    const limitedPlan = createPlan(configOf({ suites: [suiteOf({ name: 'a', results: filesResults, resources: limited }), suiteOf({ name: 'b', results: filesResults })] }));
    expect(limitedPlan.suites.map(({ collector }) => collector?.limits)).toEqual([{ cpu: '500m', memory: '64Mi' }, { memory: '64Mi' }]);
    expect(renderPlanTable(limitedPlan, style)).toContain('and may use cpu 500m, memory 64Mi or memory 64Mi.');
  });

  it('says that a suite without a NetworkPolicy may talk to everything', () => {
    const open = createPlan(configOf({ networkPolicy: { enabled: false } }));
    expect(open.suites[0]).not.toHaveProperty('reaches');
    expect(renderPlanTable(open, style)).toMatch(/^ping .* everything$/m);
  });

  it('shows who may call a suite that serves, and what holds a suite back', () => {
    const services = { web: { name: 'web', port: 80, targetPort: 8080, protocol: 'TCP', podLabels: { app: 'web' }, namespace: 'shop' } } as const;
    const suites = [suiteOf({ name: 'hook', serves: [{ port: 9000, protocol: 'TCP', from: ['web'] }], guard: { timeoutSeconds: 30, image: 'tools' } }), suiteOf({ name: 'other' })];
    const images = { tests: imageOf({ name: 'tests' }), tools: imageOf({ name: 'tools' }), unused: imageOf({ name: 'unused' }) };
    const config = configOf({ services, suites, images });
    const closed = renderPlanTable(createPlan(config), style);
    expect(closed).toMatch(/^hook .* TCP 9000 by web \(pods app=web in shop\)$/m);
    expect(closed).toMatch(/^other .* by nothing$/m);
    expect(closed).toContain('\nUntil its network is as declared, a guard holds back hook.\n');
    expect(createPlan(config).images.map(({ name }) => name)).toEqual(['tests', 'tools']);
    const open = renderPlanTable(createPlan({ ...config, networkPolicy: { enabled: false } }), style);
    expect(open).toMatch(/^hook .* TCP 9000 by everything$/m);
    expect(open).toMatch(/^other .* by everything$/m);
  });

  it.each([60, 100, 140])('wraps in a terminal of %i columns, and no word is lost', (columns) => {
    const words = (text: string): readonly string[] => text.split(/\s+/).flatMap((word) => (word.length > 20 ? [] : [word])).toSorted();
    const [wide, narrow] = [renderPlanTable(plan, style), renderPlanTable(plan, style, columns)];
    expect(Math.max(...narrow.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(words(narrow)).toEqual(expect.arrayContaining([...words(wide)]));
    expect(narrow).toMatch(columns < 140 ? /^SUITE +ping\n/m : /^SUITE +SERVICE/m);
  });

  it.each([
    [4_000, 'files', 'Helm keeps the release as about 4 KiB, less than 1 % of the 1024 KiB that a Secret can hold.'],
    [733_000, 'files', 'Helm keeps the release as about 716 KiB, 70 % of the 1024 KiB that a Secret can hold.'],
    [734_100, 'files', "Warning: Helm keeps the release as about 717 KiB, 70 % of the 1024 KiB that a Secret can hold. With layout: 'range' it takes less."],
    [1_048_576, 'range', 'Warning: Helm keeps the release as about 1024 KiB, 100 % of the 1024 KiB that a Secret can hold. Several configs, a release each, take several Secrets.'],
    [1_200_000, 'range', 'Error: Helm cannot install the chart: it would keep the release as about 1172 KiB, 114 % of the 1024 KiB that a Secret can hold. Several configs, a release each, take several Secrets.'],
  ] as const)('says what to do about a release of %i bytes', (bytes, layout, note) => {
    const large = createPlan(configOf(), { release: { bytes, limitBytes: 1_048_576, layout } });
    expect(renderPlanTable(large, style)).toContain(`\n${note}\n`);
    expect(shown(renderPlanMarkdown(large))).toContain(`- ${note}\n`);
    expect(JSON.parse(renderPlanJson(large))).toMatchObject({ release: { bytes, limitBytes: 1_048_576, layout } });
  });

  it('names images as pods do, also in production mode', () => {
    const config = configOf({
      images: { tests: imageOf({ name: 'tests', context: '/somewhere', registry: 'localhost', repository: 'a/b', tag: '1' }) },
      production: { registry: 'ghcr.io/acme', pullPolicy: 'Always', pullSecrets: [] },
    });
    expect(createPlan(config).images).toEqual([{ name: 'tests', reference: 'localhost/a/b:1', productionReference: 'ghcr.io/acme/a/b:1', built: true }]);
    expect(renderPlanJson(createPlan(config))).not.toContain('/somewhere');
  });
});

it('shows every suite after inheritance: defaults, then its type, then the suite', async () => {
  const { config } = await loadConfig('examples/quotas/suites.config.ts', resolve(import.meta.dirname, '../../..'));
  const suites = Object.fromEntries(createPlan(config).suites.map(({ name, settings }) => [name, settings]));
  expect(suites['import']).toMatchObject({
    startTimeoutSeconds: 120,
    timeoutSeconds: 600,
    retries: 1,
    resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { memory: '1Gi' } },
    results: { from: 'files', path: '/results', format: 'junit' },
  });
  expect(suites['orders']).toMatchObject({ retries: 1, resources: { requests: { cpu: '500m', memory: '512Mi' }, limits: { memory: '512Mi' } } });
  expect(suites['ping']).toMatchObject({ retries: 0, timeoutSeconds: 120, results: { from: 'stdout', format: 'tap' } });
});

describe('hostile text of a config', () => {
  const text = 'x | y\n| @org/team #1 <img src=x onerror=alert(1)> [a](http://b) `c` ``d`` **e** \\| www.f.com &amp; <!-- \u001b[2J\u202E\u009b ##[error]g {{ .h }}';
  const hostile: ResolvedConfig = configOf({
    services: { s: { name: 's', port: 1, targetPort: 1, protocol: 'TCP', podLabels: { app: text } } },
    suites: [suiteOf({ name: 'ping', command: ['sh', '-c', text], uses: ['s'] })],
    images: { tests: imageOf({ name: 'tests', tag: text }) },
  });

  it('stays in its cell of the Markdown, and is nothing but text there', () => {
    const markdown = renderPlanMarkdown(createPlan(hostile));
    const rows = markdown.split('\n').filter((line) => line.startsWith('| <code>'));
    expect(rows).toHaveLength(4);
    expect(rows.map((line) => line.split('|').length - 2)).toEqual([6, 11, 7, 3]);
    const content = rows.join('').replaceAll(/<\/?code>|\||&#\d+;/g, '');
    expect(content).not.toMatch(/[`@#<>[\]*_\\!&~$"'{}]|:\/\/|www\./);
    expect(shown(rows[1]?.split(' | ').at(-1) ?? '')).toContain('x | y\\n| @org/team #1 <img src=x onerror=alert(1)>');
  });

  it('cannot steer a terminal or a CI log, or break a line of the table', () => {
    const table = renderPlanTable(createPlan(hostile), style);
    expect(table).not.toMatch(/[^\P{C}\n]|##\[/u);
    expect(table.split('\n')).toHaveLength(renderPlanTable(createPlan(configOf()), style).split('\n').length);
  });

  it('is whole in the JSON, in characters that a terminal shows', () => {
    const json = renderPlanJson(createPlan(hostile));
    expect(json).not.toMatch(/[^\P{C}\n]/u);
    expect(JSON.parse(json)).toEqual(createPlan(hostile));
  });
});

it('a plan of 2,000 suites fits into a comment on GitHub, and says what it leaves out', () => {
  const plan = createPlan(configOf({ suites: Array.from({ length: 2000 }, (_, index) => suiteOf({ name: `suite-${index}`, command: ['true'], guard: { timeoutSeconds: 30 } })) }), {
    leftOut: Array.from({ length: 1000 }, (_, index) => `suite-${index}`),
  });
  const markdown = renderPlanMarkdown(plan);
  expect(markdown.length).toBeLessThan(65_536);
  const shownRows = markdown.match(/^\| <code>1<\/code> \| <code>suite-/gm)?.length ?? 0;
  expect(markdown).toContain('suite-19 and 980 more.');
  expect(markdown).toContain('suite-1019 and 980 more.');
  expect(markdown).toContain(`${1000 - shownRows} rows more: \`kubesuite plan\`.`);
  expect(shownRows).toBeGreaterThan(50);
});

/** What a browser shows of a cell. */
function shown(cell: string): string {
  return cell.replaceAll(/<\/?code>/g, '').replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
