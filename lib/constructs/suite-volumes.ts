import type { k8s } from 'cdk8s-plus-28';
import type { Templated } from '../chart/hole.ts';
import { podPaths } from '../config/pod-paths.ts';
import type { ResolvedSuite, ResolvedVolume } from '../config/resolved.ts';
import { needsHome } from './suite-env.ts';

export interface SuiteVolumes {
  readonly volumes: readonly Templated<k8s.Volume>[];
  readonly mounts: readonly Templated<k8s.VolumeMount>[];
}

export const resultsVolume = 'results';

/** The collector refuses more than 200 MiB; what is far beyond that must not fill the node's disk. */
const resultsSizeLimit = '1Gi';

/** Writable folders for a user that owns nothing in the image, then what the suite declares. */
export function suiteVolumes(suite: ResolvedSuite): SuiteVolumes {
  const { results } = suite;
  const writable = [
    ...(results.from === 'files' ? [{ name: resultsVolume, mountPath: results.path, emptyDir: { sizeLimit: resultsSizeLimit } }] : []),
    { name: 'tmp', mountPath: podPaths.tmp, emptyDir: {} },
    ...(needsHome(suite) ? [{ name: 'home', mountPath: podPaths.home, emptyDir: {} }] : []),
  ];
  const taken = new Set(suite.volumes.map(({ mountPath }) => mountPath));
  const own = writable.filter(({ name, mountPath }) => name === resultsVolume || !taken.has(mountPath));
  return {
    volumes: [...own.map(({ name, emptyDir }) => ({ name, emptyDir }) as Templated<k8s.Volume>), ...suite.volumes.map(toVolume)],
    mounts: [...own.map(({ name, mountPath }) => ({ name, mountPath })), ...suite.volumes.map(toMount)],
  };
}

function toVolume({ source }: ResolvedVolume, index: number): Templated<k8s.Volume> {
  const name = volumeName(index);
  switch (source.kind) {
    case 'configMap':
      return { name, configMap: { name: source.name, ...(source.optional && { optional: true }) } };
    case 'secret':
      return { name, secret: { secretName: source.name, ...(source.optional && { optional: true }) } };
    case 'emptyDir':
      return { name, emptyDir: (source.sizeLimit === undefined ? {} : { sizeLimit: source.sizeLimit }) as Templated<k8s.EmptyDirVolumeSource> };
  }
}

function toMount({ mountPath, readOnly, subPath }: ResolvedVolume, index: number): Templated<k8s.VolumeMount> {
  return { name: volumeName(index), mountPath, ...(readOnly && { readOnly }), ...(subPath !== undefined && { subPath }) };
}

function volumeName(index: number): string {
  return `mount-${index + 1}`;
}
