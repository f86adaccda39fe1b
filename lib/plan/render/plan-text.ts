import type { ResolvedPolicyRule, ResolvedResources, ResolvedSuite, ResultsSpec } from '../../config/resolved.ts';
import { nameSome } from '../../name-some.ts';
import type { Plan, PlanPlace, PlanServedPort, PlanSuite, PlanTarget } from '../plan.ts';
import { releaseNotes } from './release-note.ts';

/** A table of a plan as plain text, before it is drawn. */
export interface PlanTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const controlledNote = 'start: controlled: the CLI starts the Jobs in this order, as far as quotas have room; what needs other suites starts when they have passed, and is skipped if they do not.';

/** What a plan says beside its tables, a sentence each. */
export function planNotes(plan: Plan): readonly string[] {
  const { start, priorityClasses, networkPolicy, types, suites, leftOut, totals, release } = plan;
  const guarded = suites.filter(({ settings }) => settings.guard !== undefined).map(({ name }) => name);
  const hasQuota = types.some(({ quota }) => quota !== undefined);
  return [
    `All pods together request ${amounts(totals.requests)}.`,
    ...(start === 'controlled' ? [controlledNote] : []),
    ...(priorityClasses && types.length > 1 && start === 'all' ? ['Of the pods that wait for room, those of an earlier start go first; a pod that finds room starts at once.'] : []),
    ...(priorityClasses || types.length < 2 || start === 'controlled' ? [] : ['Without priorityClasses.create the priorities have no effect: Kubernetes starts the suites in any order.']),
    ...(priorityClasses || !hasQuota ? [] : ['Without priorityClasses.create each quota counts the pods of all types.']),
    ...(networkPolicy ? [] : ['Without networkPolicy.enabled the suites may talk to everything.']),
    ...(suites.some(({ reaches = [] }) => reaches.some(({ kind }) => kind === 'kubernetes-api'))
      ? ['For the Kubernetes API, ports 443 and 6443 of every address are open, unless the value networkPolicy.apiServerCidrs says which.']
      : []),
    ...collectorNotes(suites.flatMap(({ collector }) => collector ?? [])),
    ...(guarded.length === 0 ? [] : [`Until its network is as declared, a guard holds back ${nameSome(guarded)}.`]),
    ...(leftOut.length === 0 ? [] : [`Not chosen: ${nameSome(leftOut)}.`]),
    ...(release === undefined ? [] : releaseNotes(release)),
  ];
}

export function planTables({ networkPolicy, types, suites, images }: Plan): readonly PlanTable[] {
  const haveNeeds = suites.some(({ settings }) => settings.needs.length > 0);
  const arePlaced = suites.some(({ settings }) => places(settings) !== 'any');
  const areCalled = suites.some(({ serves }) => serves !== undefined);
  return [
    {
      title: 'Order and quotas',
      columns: ['start', 'type', 'priority', 'suites', 'jobs', 'quota'],
      rows: types.map(({ stage, name, priority, suites: count, jobs, quota }) => [String(stage), name, String(priority), String(count), String(jobs), quota === undefined ? 'none' : amounts(quota)]),
    },
    {
      title: 'What runs, with which limits',
      columns: ['start', 'suite', 'type', ...(haveNeeds ? ['needs'] : []), 'jobs', 'requests', 'limits', 'timeout', 'retries', 'results', 'image', 'command', ...(arePlaced ? ['nodes'] : [])],
      rows: suites.map(({ stage, name, jobs, settings }) => [
        String(stage),
        name,
        settings.type,
        ...(haveNeeds ? [settings.needs.join(', ') || 'none'] : []),
        String(jobs.length),
        amounts(settings.resources.requests),
        amounts(settings.resources.limits),
        seconds(settings.timeoutSeconds),
        String(settings.retries),
        results(settings.results),
        settings.image,
        command(settings),
        ...(arePlaced ? [places(settings)] : []),
      ]),
    },
    {
      title: 'As whom, and what it may talk to',
      columns: ['suite', 'service account', 'user', 'pod security', 'kubernetes api', 'reads', 'may talk to', ...(areCalled ? ['may be called'] : [])],
      rows: suites.map((suite) => [
        suite.name,
        suite.serviceAccount,
        suite.settings.runAsUser === 'image' ? 'of the image' : String(suite.settings.runAsUser),
        suite.settings.podSecurity,
        suite.token ? [...suite.settings.rules.map(rule), ...suite.settings.clusterRoles.map((name) => `ClusterRole ${name} in its namespace`)].join('; ') : 'no token',
        reads(suite),
        [suite.reaches === undefined ? 'everything' : suite.reaches.map(target).join(', '), ...suite.settings.denies.map((name) => `not ${name}`)].join(', '),
        ...(areCalled ? [(suite.serves ?? []).map(served).join('; ') || (networkPolicy ? 'by nothing' : 'by everything')] : []),
      ]),
    },
    {
      title: 'Images',
      columns: ['image', 'reference', 'in production mode'],
      rows: images.map(({ name, reference, productionReference, built }) => [name, built ? `${reference} (built here)` : reference, productionReference]),
    },
  ];
}

/** Beside a suite with a limit of CPU a collector has one too. */
function collectorNotes(collectors: readonly ResolvedResources[]): readonly string[] {
  const [first] = collectors;
  if (first === undefined) return [];
  const most = new Set(collectors.map(({ limits }) => amounts(limits)));
  return [`A suite with a results folder has a collector beside it, which requests ${amounts(first.requests)} and may use ${[...most].join(' or ')}.`];
}

function amounts(quantities: Readonly<Record<string, string>>): string {
  return Object.entries(quantities).map((pair) => pair.join(' ')).join(', ') || 'none';
}

/** As configs write durations, without rounding. */
function seconds(count: number): string {
  if (count % 3600 === 0) return `${count / 3600}h`;
  return count % 60 === 0 ? `${count / 60}m` : `${count}s`;
}

function results(spec: ResultsSpec): string {
  if (spec.from === 'exit-code') return 'exit code';
  return spec.from === 'stdout' ? `${spec.format} on stdout` : `${spec.format} in ${spec.path}`;
}

/** Nodes that a suite may run on. */
function places({ nodeSelector, tolerations }: ResolvedSuite): string {
  const wanted = Object.entries(nodeSelector).map((pair) => pair.join('='));
  const tolerated = tolerations.map(({ key = 'every taint', value, effect }) => `tolerates ${key}${value === undefined ? '' : `=${value}`}${effect === undefined ? '' : `:${effect}`}`);
  return [...wanted, ...tolerated].join(', ') || 'any';
}

function command({ command: program, args = [] }: ResolvedSuite): string {
  if (program === undefined && args.length === 0) return 'of the image';
  return [...(program ?? ['(of the image)']), ...args].map((word) => (/^[\w@%+=:,./()-]+$/.test(word) || word === '(of the image)' ? word : JSON.stringify(word))).join(' ');
}

function rule({ verbs, resources, apiGroups, resourceNames }: ResolvedPolicyRule): string {
  const groups = apiGroups.filter((group) => group !== '');
  return [
    `${verbs.join(',')} ${resources.join(',')}`,
    ...(groups.length === 0 ? [] : [`of ${groups.join(',')}`]),
    ...(resourceNames === undefined ? [] : [`named ${resourceNames.join(',')}`]),
  ].join(' ');
}

function reads({ settings: { env, envFrom, volumes } }: PlanSuite): string {
  const sources = [...env, ...envFrom].flatMap((entry) => {
    if ('secret' in entry) return [`Secret ${entry.secret}`];
    return 'configMap' in entry ? [`ConfigMap ${entry.configMap}`] : [];
  });
  const mounted = volumes.flatMap(({ source }) => {
    if (source.kind === 'emptyDir') return [];
    return [`${source.kind === 'secret' ? 'Secret' : 'ConfigMap'} ${source.name}`];
  });
  return [...new Set([...sources, ...mounted])].join(', ') || 'nothing';
}

function target(to: PlanTarget): string {
  if (to.kind === 'dns') return 'DNS';
  if (to.kind === 'kubernetes-api') return 'Kubernetes API';
  return `${to.name} ${to.protocol} ${to.port} (${place(to)})`;
}

function served({ port, protocol, callers }: PlanServedPort): string {
  return `${protocol} ${port} by ${callers?.map((caller) => `${caller.name} (${place(caller)})`).join(', ') ?? 'everything'}`;
}

function place({ podLabels = {}, namespace, cidrs }: PlanPlace): string {
  if (cidrs !== undefined) return cidrs.join(', ');
  const labels = Object.entries(podLabels).map((pair) => pair.join('=')).join(',');
  return `pods ${labels}${namespace === undefined ? '' : ` in ${namespace}`}`;
}
