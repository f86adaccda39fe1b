import type { Hole } from '../chart/hole.ts';
import { hole, when } from '../chart/hole.ts';
import type { HelmObjectProps } from '../chart/helm-object.ts';
import { labels, recommendedLabels } from './labels.ts';

export type Component = 'suite' | 'collector' | 'network' | 'network-guard' | 'suite-set' | 'type';

export type Labels = Readonly<Record<string, string | Hole>>;

/** Labels of everything in the chart. Never the chart's version: pods of a Job cannot change. */
export function commonLabels(chart: string, component: Component): Labels {
  return {
    [recommendedLabels.name]: chart,
    [recommendedLabels.instance]: hole.string('$.Release.Name'),
    [recommendedLabels.managedBy]: hole.string('$.Release.Service'),
    [recommendedLabels.component]: component,
    [labels.release]: hole.string('$.Release.Name'),
  };
}

/** What selects the pods of a suite, whatever their run. */
export function suiteSelector(suite: string): Labels {
  return { [labels.release]: hole.string('$.Release.Name'), [labels.suite]: suite };
}

/** All entries of a map of texts. Not by `toYaml`, which loses some control characters and quotes too little for YAML 1.1. */
export function eachEntry(map: string): Readonly<Record<string, string>> {
  return when(`range $key, $value := ${map}`, { [hole.string('$key')]: hole.string('$value') }) as Readonly<Record<string, string>>;
}

export function objectMetadata(name: string, objectLabels: Labels): HelmObjectProps['metadata'] {
  return { name: hole.string(name), namespace: hole.string('$.Release.Namespace'), labels: objectLabels };
}
