/* oxlint-disable no-new -- a construct adds itself to its scope */
import type { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { HelmObject, includeSpec } from '../chart/helm-object.ts';
import { each, hole, when } from '../chart/hole.ts';
import type { Templated } from '../chart/hole.ts';
import { TemplateFile } from '../chart/template-file.ts';
import type { SuiteContract } from '../config/contract.ts';
import { imagesOf } from '../config/images-of.ts';
import type { ResolvedSuite } from '../config/resolved.ts';
import { collectorScript } from './collector-script.ts';
import { contentHash } from './content-hash.ts';
import { goString, helpersOf, typeValues } from './helpers-of.ts';
import { annotations, foreignLabels, labels } from './labels.ts';
import { guardScript } from './guard-script.ts';
import { containerNames } from './names.ts';
import type { NetworkContract } from './network-guard.ts';
import { commonLabels, eachEntry, objectMetadata, suiteSelector } from './object-metadata.ts';
import type { Labels } from './object-metadata.ts';
import { suitePod } from './suite-pod.ts';
import { cronJobSpec, hookAnnotations } from './triggers.ts';

/** What a SuiteJob is made of. */
export interface SuiteJobProps {
  /** Name of the Helm chart. */
  readonly chart: string;
  /** The suite that the Jobs run. */
  readonly suite: ResolvedSuite;
  /**
   * Services that the suite's `uses` and `denies` name, for a suite with a network guard.
   * @default none
   */
  readonly network?: NetworkContract;
}

/** Time that a Job may need beyond its pods' own deadlines: scheduling, the kubelet's steps, collecting. */
const slackSeconds = 120;
/** The deadline of a Job counts while it waits for its quota or a node; a long queue must not end it. */
const longestQueueSeconds = 6 * 60 * 60;
/** The Job controller waits 10 s before the second pod, twice as long each time, at most this. */
const longestBackoffSeconds = 600;

/** The type asks for the condition too; the API wants only one of both. */
const failOnExitCode = {
  action: 'FailJob',
  onExitCodes: { containerName: containerNames.suite, operator: 'NotIn', values: [0] },
} as unknown as Templated<k8s.PodFailurePolicyRule>;

/** The Job of a suite, or one for each of its shards; a CronJob where `trigger` says so. It stands inside of a TemplateFile that sets `$suite`, `$content`, `$run` and `$suffix`. */
export class SuiteJob extends Construct {
  /**
   * @param scope - a `SuiteFile` of the same suite
   * @param id - of the construct, unique in its scope
   * @param props - what it is made of
   * @throws TypeError when it is not inside of a TemplateFile
   */
  constructor(scope: Construct, id: string, props: SuiteJobProps) {
    super(scope, id);
    const { chart, suite } = props;
    const sharded = suite.shards > 1;
    const key = sharded ? `(printf ${goString(`${suite.name}-%d`)} $shard)` : goString(suite.name);
    const podLabels: Labels = {
      ...commonLabels(chart, 'suite'),
      ...suiteSelector(suite.name),
      [labels.type]: suite.type,
      [labels.run]: hole.string('$run'),
      ...(sharded && { [labels.shard]: hole.string('$shard') }),
      ...eachEntry(helpersOf(chart).merged('labels', suite.type)),
    };
    const jobLabels: Labels = { ...podLabels, ...queueLabel(suite.type) };
    const content = jobSpec(props, podLabels);
    // A Job may be suspended and started at any time: that makes no other one of it.
    const spec = { ...content, ...when(`if ${helpersOf(chart).controlled(suite.name, suite.type, suite.needs.length > 0)}`, { suspend: true }) };
    const namedSpec = { name: `${chart}.jobSpec.${suite.name}`, variables: ['$', '$suite', '$run', ...(sharded ? ['$shard'] : [])] };
    const { name, namespace } = objectMetadata(helpersOf(chart).jobName(key), jobLabels);
    const contract = { [annotations.contract]: contractText(props), ...eachEntry(helpersOf(chart).merged('annotations', suite.type)) };
    const shards = sharded ? [`range $shard := list ${range(suite.shards).join(' ')}`] : [];
    new HelmObject(
      this,
      'job',
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name, namespace, labels: jobLabels, annotations: { ...contract, ...hookAnnotations(chart) } },
        spec,
      },
      { controls: ['if ne $.Values.trigger "cronjob-template"', ...shards], namedSpec },
    );
    const { [labels.run]: _, ...cronJobLabels } = podLabels;
    new HelmObject(
      this,
      'cronjob',
      {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: { name, namespace, labels: cronJobLabels },
        spec: cronJobSpec({ metadata: { labels: jobLabels, annotations: { ...contract, [annotations.content]: hole.string('$content') } }, spec: includeSpec(namedSpec) }),
      },
      { controls: ['if eq $.Values.trigger "cronjob-template"', ...shards] },
    );
    TemplateFile.of(this).define(`${chart}.content.${suite.name}`, contentCall(props, content));
  }
}

function jobSpec(props: SuiteJobProps, podLabels: Labels): Exclude<Templated<k8s.JobSpec>, string> {
  const { suite } = props;
  const retries = '(int64 $suite.retries)';
  const attempt = `(add (int64 $suite.timeoutSeconds) ${suite.startTimeoutSeconds + slackSeconds})`;
  return {
    // Only a backstop: when it ends, Kubernetes deletes the pod and its logs.
    activeDeadlineSeconds: hole.int(`add ${longestQueueSeconds} (mul ${attempt} (add ${retries} 1)) (mul ${retries} ${longestBackoffSeconds})`),
    backoffLimit: hole.int('$suite.retries'),
    podFailurePolicy: {
      rules: [
        { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
        ...each('if eq (int64 $suite.retries) 0', [failOnExitCode]),
      ],
    },
    template: {
      metadata: {
        labels: podLabels as Record<string, string>,
        ...when(`with ${helpersOf(props.chart).merged('annotations', suite.type)}`, { annotations: eachEntry('.') }),
      },
      spec: suitePod({ network: { uses: [], denies: [] }, ...props }),
    },
  };
}

/** Kueue suspends a Job that has it, and starts it when the queue has room. */
function queueLabel(type: string): Labels {
  return when(`with ${typeValues(type)}.queueName | default $.Values.queueName`, { [foreignLabels.queue]: hole.string('.') }) as Labels;
}

/** The contract as the annotation has it: JSON, with the numbers that values.yaml may change. */
function contractText({ suite, network }: SuiteJobProps): string {
  const services = (network?.uses ?? []).filter(({ podLabels }) => Object.keys(podLabels).length > 0);
  const contract: SuiteContract = {
    v: 1,
    suite: suite.name,
    type: suite.type,
    ...(suite.shards > 1 && { shard: { index: placeholder('$shard'), total: suite.shards } }),
    timeoutSeconds: placeholder('$suite.timeoutSeconds'),
    startTimeoutSeconds: suite.startTimeoutSeconds,
    retries: placeholder('$suite.retries'),
    infraRetries: placeholder('$suite.infraRetries'),
    tags: [...suite.tags],
    priority: placeholder(`(index $.Values.types \`${suite.type}\`).priority`),
    ...(suite.needs.length > 0 && { needs: [...suite.needs] }),
    ...(services.length > 0 && { services: services.map(({ name, podLabels, namespace }) => ({ name, podLabels, ...(namespace !== undefined && { namespace }) })) }),
    results: contractResults(suite),
  };
  return JSON.stringify(contract).replaceAll(/"(\u{E000}[^"]*\u{E001})"/gu, '$1');
}

function contractResults({ results }: ResolvedSuite): SuiteContract['results'] {
  if (results.from !== 'files') return results;
  const { from, format, files, maxBytes } = results;
  return { from, format, files, maxBytes };
}

/** A number that Helm puts in; JSON.stringify sees a string, whose quotes are taken off afterwards. Quotes inside of it would be escaped. */
function placeholder(expression: string): number {
  return hole.int(expression) as unknown as number;
}

function contentCall({ chart, suite }: SuiteJobProps, spec: unknown): string {
  const scripts = [...(suite.results.from === 'files' ? [collectorScript] : []), ...(suite.guard === undefined ? [] : [guardScript])];
  const hash = contentHash([spec, ...scripts]);
  return `{{- include ${goString(`${chart}.content`)} (list $ ${goString(suite.name)} ${goString(suite.type)} ${goString(hash)} (list ${imagesOf(suite).map(goString).join(' ')})) -}}`;
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
