/* oxlint-disable no-new -- a construct adds itself to its scope */
import type { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { HelmObject } from '../chart/helm-object.ts';
import { each, hole, when } from '../chart/hole.ts';
import type { Templated } from '../chart/hole.ts';
import { TemplateFile } from '../chart/template-file.ts';
import type { SuiteContract } from '../config/contract.ts';
import type { ResolvedSuite } from '../config/resolved.ts';
import { collectorScript } from './collector-script.ts';
import { contentHash } from './content-hash.ts';
import { goString, helpersOf } from './helpers-of.ts';
import { annotations, foreignLabels, labels } from './labels.ts';
import { guardScript } from './guard-script.ts';
import { containerNames } from './names.ts';
import type { NetworkContract } from './network-guard.ts';
import { commonLabels, objectMetadata, suiteSelector } from './object-metadata.ts';
import type { Labels } from './object-metadata.ts';
import { suitePod } from './suite-pod.ts';

/** What a SuiteJob is made of. */
export interface SuiteJobProps {
  /** Name of the Helm chart. */
  readonly chart: string;
  /** The suite that the Jobs run. */
  readonly suite: ResolvedSuite;
  /**
   * Whether the quota of the suite's type limits `limits.cpu`.
   * @default false
   */
  readonly limitCpu?: boolean;
  /**
   * Services that the suite's `uses` and `denies` name, for a suite with a network guard.
   * @default none
   */
  readonly network?: NetworkContract;
}

/** Time that a Job may need beyond its pods' own deadlines: scheduling, the kubelet's steps, collecting. */
const slackSeconds = 120;
/** The Job controller waits 10 s before the second pod, twice as long each time, at most this. */
const longestBackoffSeconds = 600;

/** The type asks for the condition too; the API wants only one of both. */
const failOnExitCode = {
  action: 'FailJob',
  onExitCodes: { containerName: containerNames.suite, operator: 'NotIn', values: [0] },
} as unknown as Templated<k8s.PodFailurePolicyRule>;

/** The Job of a suite, or one for each of its shards. It stands inside of a TemplateFile that sets `$suite`, `$run` and `$suffix`. */
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
      ...suite.labels,
      ...commonLabels(chart, 'suite'),
      ...suiteSelector(suite.name),
      [labels.type]: suite.type,
      [labels.run]: hole.string('$run'),
      ...(sharded && { [labels.shard]: hole.string('$shard') }),
    };
    const spec = jobSpec(props, podLabels);
    const metadata = objectMetadata(helpersOf(chart).jobName(key), { ...podLabels, ...queueLabel(suite.type) });
    const contract = contractText(suite);
    new HelmObject(
      this,
      'job',
      { apiVersion: 'batch/v1', kind: 'Job', metadata: { ...metadata, annotations: { ...suite.annotations, [annotations.contract]: contract } }, spec },
      { controls: sharded ? [`range $shard := list ${range(suite.shards).join(' ')}`] : [] },
    );
    TemplateFile.of(this).define(`${chart}.content.${suite.name}`, contentCall(props, spec));
  }
}

function jobSpec(props: SuiteJobProps, podLabels: Labels): Templated<k8s.JobSpec> {
  const { suite } = props;
  const retries = '(int64 $suite.retries)';
  const attempt = `(add (int64 $suite.timeoutSeconds) ${suite.startTimeoutSeconds + slackSeconds})`;
  return {
    // Only a backstop: when it ends, Kubernetes deletes the pod and its logs.
    activeDeadlineSeconds: hole.int(`add (mul ${attempt} (add ${retries} 1)) (mul ${retries} ${longestBackoffSeconds})`),
    backoffLimit: hole.int('$suite.retries'),
    podFailurePolicy: {
      rules: [
        { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
        ...each('if eq (int64 $suite.retries) 0', [failOnExitCode]),
      ],
    },
    template: {
      metadata: { labels: podLabels as Record<string, string>, ...(Object.keys(suite.annotations).length > 0 && { annotations: suite.annotations }) },
      spec: suitePod({ limitCpu: false, network: { uses: [], denies: [] }, ...props }),
    },
  };
}

/** Kueue suspends a Job that has it, and starts it when the queue has room. */
function queueLabel(type: string): Labels {
  const name = `(index $.Values.types ${goString(type)}).queueName | default $.Values.queueName`;
  return when(`with ${name}`, { [foreignLabels.queue]: hole.string('.') }) as Labels;
}

/** The contract as the annotation has it: JSON, with the numbers that values.yaml may change. */
function contractText(suite: ResolvedSuite): string {
  const contract: SuiteContract = {
    v: 1,
    suite: suite.name,
    type: suite.type,
    ...(suite.shards > 1 && { shard: { index: placeholder('$shard'), total: suite.shards } }),
    timeoutSeconds: placeholder('$suite.timeoutSeconds'),
    startTimeoutSeconds: suite.startTimeoutSeconds,
    retries: placeholder('$suite.retries'),
    tags: [...suite.tags],
    results: contractResults(suite),
  };
  return JSON.stringify(contract).replaceAll(/"(\u{E000}[^"]*\u{E001})"/gu, '$1');
}

function contractResults({ results }: ResolvedSuite): SuiteContract['results'] {
  if (results.from !== 'files') return results;
  const { from, format, files, maxBytes } = results;
  return { from, format, files, maxBytes };
}

/** A number that Helm puts in; JSON.stringify sees a string, whose quotes are taken off afterwards. */
function placeholder(expression: string): number {
  return hole.int(expression) as unknown as number;
}

function contentCall({ chart, suite }: SuiteJobProps, spec: unknown): string {
  const { results, guard } = suite;
  const scripts = [...(results.from === 'files' ? [collectorScript] : []), ...(guard === undefined ? [] : [guardScript])];
  const hash = contentHash([spec, ...scripts]);
  const collectorImage = results.from === 'files' ? results.collectorImage : undefined;
  const names = new Set([suite.image, collectorImage, guard?.image].filter((name) => name !== undefined));
  return `{{- include ${goString(`${chart}.content`)} (list . ${goString(suite.name)} ${goString(suite.type)} ${goString(hash)} (list ${[...names].map(goString).join(' ')})) -}}`;
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
