import { stringify } from 'yaml';
import type { ResolvedConfig, ResolvedSuite } from '../../config/resolved.ts';
import { suiteSetName } from '../../constructs/names.ts';
import type { ChartFiles } from '../chart-files.ts';
import { sampleAction, sampleExpression, sampleRun, type SampleScope } from './sample-scope.ts';
import { parseTemplate, type TemplateNode } from './template-lines.ts';

/** The order that Helm installs kinds in, and keeps them in. */
const kinds = ['PriorityClass', 'NetworkPolicy', 'ResourceQuota', 'ServiceAccount', 'ConfigMap', 'Role', 'RoleBinding', 'Service', 'Job', 'CronJob'];

/**
 * What Helm would keep as the manifest of a chart with a file for each suite, but for the words that only
 * an installation knows. It is nearly as long, and repeats itself as much.
 */
export function sampleManifest(config: ResolvedConfig, files: ChartFiles): string {
  const documents = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([path, text]) => {
    if (!path.startsWith('templates/') || !path.endsWith('.yaml')) return [];
    const suite = config.suites.find(({ name }) => path === `templates/${name}.yaml`);
    return sampleFile(text, { config, variables: {}, ...(suite !== undefined && { suite, variables: { run: sampleRun(suite) } }) }).map((document) => `---\n# Source: ${config.name}/${path}\n${document}\n`);
  });
  const rank = (document: string): number => kinds.indexOf(/^kind: (\w+)$/m.exec(document)?.[1] ?? '');
  return [...documents, suiteSet(config)].toSorted((a, b) => rank(a) - rank(b)).join('');
}

function sampleFile(text: string, scope: SampleScope): readonly string[] {
  const nodes = parseTemplate(text);
  const defines = new Map(nodes.flatMap((node) => {
    const [, name] = (typeof node !== 'string' && /^define "([^"]+)"$/.exec(node.action)) || [];
    return name === undefined || typeof node === 'string' ? [] : [[name, node.nodes] as const];
  }));
  return sampleNodes(nodes, scope, defines).join('\n').split(/^---\n/m).slice(1).map((document) => document.trimEnd());
}

type Defines = ReadonlyMap<string, readonly TemplateNode[]>;

function sampleNodes(nodes: readonly TemplateNode[], scope: SampleScope, defines: Defines): readonly string[] {
  return nodes.flatMap((node) => {
    if (typeof node === 'string') return sampleLine(node, scope, defines);
    if (node.action.startsWith('define ')) return [];
    return sampleAction(node.action, scope).flatMap((more) => sampleNodes(node.nodes, { ...scope, variables: { ...scope.variables, ...more } }, defines));
  });
}

function sampleLine(line: string, scope: SampleScope, defines: Defines): readonly string[] {
  if (/^\s*\{\{- \$\w* := /.test(line) || line.startsWith('# Generated')) return [];
  const [, indent = '', expression = ''] = /^(\s*)\{\{- (.*) \| nindent \d+ \}\}$/.exec(line) ?? [];
  if (expression === '') return [line.replaceAll(/\{\{ (.*?) \}\}/g, (_, inner: string) => sampleExpression(inner, scope))];
  const named = defines.get(/^include "([^"]+)"/.exec(expression)?.[1] ?? '');
  const block = named === undefined ? resourcesOf(scope.suite) : sampleNodes(named, scope, defines);
  return block.map((text) => `${indent}${text}`);
}

/** Nothing else is written as a block. */
function resourcesOf(suite: ResolvedSuite | undefined): readonly string[] {
  return suite === undefined ? [] : stringify(suite.resources).trimEnd().split('\n');
}

function suiteSet({ name, suites }: ResolvedConfig): string {
  const jobs = suites.flatMap((suite) => Array.from({ length: suite.shards }, (_, index) => [name, suite.name, ...(suite.shards === 1 ? [] : [index + 1]), sampleRun(suite)].join('-')));
  return `---\nkind: ConfigMap\nmetadata:\n  name: ${suiteSetName(name)}\ndata:\n  jobs: ${JSON.stringify(jobs.join('\n'))}\n`;
}
