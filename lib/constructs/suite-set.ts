/* oxlint-disable no-new -- a construct adds itself to its scope */
import { Construct } from 'constructs';
import { HelmObject } from '../chart/helm-object.ts';
import { hole } from '../chart/hole.ts';
import { TemplateFile } from '../chart/template-file.ts';
import { eachRow, includeOfEntry } from '../chart/range-file.ts';
import type { Layout } from '../config/layout.ts';
import type { ResolvedSuite } from '../config/resolved.ts';
import { goString } from './helpers-of.ts';
import { suiteSetKeys, suiteSetName } from './names.ts';
import { commonLabels } from './object-metadata.ts';

/** What a SuiteSet is made of. */
export interface SuiteSetProps {
  /** Name of the Helm chart. */
  readonly chart: string;
  /** All suites of the chart; each needs a SuiteJob. */
  readonly suites: readonly ResolvedSuite[];
  /**
   * Whether each suite has a template of its own.
   * @default 'files'
   */
  readonly layout?: Layout;
}

/**
 * The ConfigMap that lists the Jobs of the release, so that whoever waits notices a missing one.
 * Its hash changes whenever a suite does, which makes a GitOps tool sync.
 */
export class SuiteSet extends Construct {
  /**
   * @param scope - a `TemplateFile`; one a Helm chart
   * @param id - of the construct, unique in its scope
   * @param props - what it is made of
   * @throws TypeError when it is not inside of a TemplateFile
   */
  constructor(scope: Construct, id: string, { chart, suites, layout = 'files' }: SuiteSetProps) {
    super(scope, id);
    const file = TemplateFile.of(this);
    const call = (name: string): string => `include ${goString(`${chart}.${name}`)} $`;
    if (layout === 'files') file.define(`${chart}.suites`, suites.map(({ name, shards }) => `- [${goString(name)}, ${shards}]`).join('\n'));
    const eachSuite = { files: eachFile, range: eachEntry }[layout];
    file.define(`${chart}.jobs`, eachSuite(chart, `{{- include ${goString(`${chart}.jobNames`)} (list $ $suite $shards $content) -}}`));
    file.define(`${chart}.contents`, eachSuite(chart, '{{- printf "%s=%s\\n" $suite $content -}}'));
    file.define(`${chart}.setHash`, setHash(call('contents')));
    new HelmObject(this, 'suites', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: suiteSetName(hole.raw('$.Release.Name')),
        namespace: hole.string('$.Release.Namespace'),
        labels: commonLabels(chart, 'suite-set'),
      },
      data: {
        [suiteSetKeys.run]: hole.string('$.Values.run.id'),
        [suiteSetKeys.jobs]: hole.string(call('jobs')),
        [suiteSetKeys.chart]: hole.string('printf "%s-%s" $.Chart.Name $.Chart.Version'),
        [suiteSetKeys.hash]: hole.string(call('setHash')),
        [suiteSetKeys.trigger]: hole.string('$.Values.trigger'),
        [suiteSetKeys.start]: hole.string('$.Values.start'),
      },
    });
  }
}

/** Kept among the values: each hook Job asks for it, and it is made of all suites. */
function setHash(contents: string): string {
  return [
    '{{- if not (hasKey $.Values "suiteSetHash") -}}',
    `{{- $_ := set $.Values "suiteSetHash" (printf "%s %s" $.Values.run.id (${contents}) | sha256sum | trunc 16) -}}`,
    '{{- end -}}',
    '{{- $.Values.suiteSetHash -}}',
  ].join('\n');
}

/** With `$suite`, `$shards` and `$content` set. */
function eachFile(chart: string, body: string): string {
  return [
    // Not a map, whose keys Go would sort: the order is that of the config.
    `{{- range include ${goString(`${chart}.suites`)} $ | fromYamlArray -}}`,
    '{{- $suite := index . 0 -}}',
    '{{- $shards := index . 1 -}}',
    '{{- if (index $.Values.suites $suite).enabled -}}',
    `{{- $content := include (printf ${goString(`${chart}.content.%s`)} $suite) $ -}}`,
    body,
    '{{- end -}}',
    '{{- end -}}',
  ].join('\n');
}

/** The same for suites that are entries of a RangeFile. */
function eachEntry(chart: string, body: string): string {
  return [
    ...eachRow(chart),
    '{{- $suite := $entry -}}',
    '{{- if (index $.Values.suites $suite).enabled -}}',
    `{{- $content := ${includeOfEntry(`${chart}.content`)} -}}`,
    `{{- $shards := ${includeOfEntry(`${chart}.shards`)} -}}`,
    body,
    '{{- end -}}',
    '{{- end -}}',
  ].join('\n');
}
