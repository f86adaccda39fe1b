import { createHash } from 'node:crypto';
import type { ResolvedConfig, ResolvedSuite } from '../../config/resolved.ts';
import { plainEnv } from '../../constructs/suite-env.ts';
import { objectName } from '../../constructs/names.ts';

/** What the expressions of a template stand for when the chart is installed as it is. */
export interface SampleScope {
  readonly config: ResolvedConfig;
  /** The suite whose template it is. */
  readonly suite?: ResolvedSuite;
  /** By name, without `$`. */
  readonly variables: Readonly<Record<string, string>>;
}

type Rule = readonly [RegExp, (match: RegExpExecArray, scope: SampleScope) => string | number | undefined];

const rules: readonly Rule[] = [
  [/^\$\.Release\.Name$/, (_, { config }) => config.name],
  [/^\$\.Release\.Namespace$/, (_, { config }) => `${config.name}-tests`],
  [/^\$\.Release\.Service$/, () => 'Helm'],
  [/^\$(\w+)$/, ([, name = ''], { variables }) => variables[name]],
  [/^include "[^"]+\.name" \(list \$ "([^"]+)"\)$/, ([, key = ''], { config }) => objectName(config.name, key)],
  [/^include "[^"]+\.jobName" /, (_, { config, suite, variables }) => [config.name, suite?.name, variables['shard'], variables['run']].filter(Boolean).join('-')],
  [/^include "[^"]+\.image" \(list \$ "([^"]+)"\)$/, ([, name = ''], { config }) => imageOf(config, name)],
  [/^include "[^"]+\.pullPolicy" \(list \$ "([^"]+)"\)$/, ([, name = ''], { config }) => config.images[name]?.pullPolicy],
  [/^\$suite\.(timeoutSeconds|retries)$/, ([, field], { suite }) => suite?.[field as 'timeoutSeconds' | 'retries']],
  [/^\$suite\.env\.\w+ \| default "([^"]*)"$/, ([, value]) => value],
  [/^(?:\$suite\.env\.|\(index \$suite\.env ")(\w+)/, ([, name = ''], { suite }) => (suite === undefined ? undefined : plainEnv(suite)[name])],
  [/^\$\.Values\.trigger$/, (_, { config }) => config.trigger],
  // A backstop deadline, and whatever else is counted: numbers of five digits.
  [/^add /, () => 21_600],
];

/** Of what no rule knows, which is little beside all the rest. */
const unknown = 'unknown';

export function sampleExpression(expression: string, scope: SampleScope): string {
  const [, inner = expression, filter] = /^(.*?)(?: \| (quote|int64))?$/s.exec(expression) ?? [];
  const value = rules.flatMap(([pattern, give]) => {
    const match = pattern.exec(inner);
    return match === null ? [] : [give(match, scope) ?? ''];
  })[0];
  return filter === 'quote' ? JSON.stringify(String(value ?? unknown)) : String(value ?? unknown);
}

/** How often what is under the action is there, and with which variables. */
export function sampleAction(action: string, { config, suite }: SampleScope): readonly Readonly<Record<string, string>>[] {
  const once = (condition: boolean): readonly Readonly<Record<string, string>>[] => (condition ? [{}] : []);
  const [, comparison, wanted] = /^if (eq|ne) \$\.Values\.trigger "([^"]*)"$/.exec(action) ?? [];
  if (comparison !== undefined) return once((config.trigger === wanted) === (comparison === 'eq'));
  if (action === 'if $.Values.networkPolicy.enabled') return once(config.networkPolicy.enabled);
  if (action === 'if $.Values.priorityClasses.create') return once(config.priorityClasses.create);
  if (action === 'if not $.Values.priorityClasses.create') return once(!config.priorityClasses.create);
  if (action === 'if eq (int64 $suite.retries) 0') return once(suite?.retries === 0);
  if (action === 'if $suite.enabled') return once(true);
  const [, type] = /^if \(index \$\.Values\.types "([^"]+)"\)\.quota$/.exec(action) ?? [];
  if (type !== undefined) return once(config.types[type]?.quota !== undefined);
  const [, shards] = /^range \$shard := list (.*)$/.exec(action) ?? [];
  if (shards !== undefined) return shards.split(' ').map((shard) => ({ shard }));
  const [, each, field] = /^(range \$key, \$value := |with )include "[^"]+\.merged" \(list \$\.Values\.(labels|annotations|nodeSelector) /.exec(action) ?? [];
  if (each === undefined || suite === undefined) return [];
  const entries = Object.entries({ ...config.types[suite.type]?.[field as 'labels'], ...suite[field as 'labels'] });
  return each === 'with ' ? once(entries.length > 0) : entries.map(([key, value]) => ({ key, value }));
}

/** As long and as random as the hash of a suite's content. */
export function sampleRun(suite: ResolvedSuite): string {
  return createHash('sha256').update(suite.name).digest('hex').slice(0, 8);
}

function imageOf({ images }: ResolvedConfig, name: string): string | undefined {
  const image = images[name];
  if (image === undefined) return undefined;
  const { registry, repository, tag, digest } = image;
  return `${registry === '' ? '' : `${registry}/`}${repository}${digest === undefined ? `:${tag}` : `@${digest}`}`;
}
