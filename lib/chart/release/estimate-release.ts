import { gzipSync } from 'node:zlib';
import { parse } from 'yaml';
import type { ReleaseSize } from '../../config/release-size.ts';
import type { ResolvedConfig } from '../../config/resolved.ts';
import type { ChartFiles } from '../chart-files.ts';
import { renderChart } from '../render.ts';
import { sampleManifest } from './sample-manifest.ts';

/** Most bytes that Kubernetes takes in a Secret: `MaxSecretSize` of its API. */
const limitBytes = 1_048_576;

/** Suites that are looked at; what more of them take is what the second half of these took. */
const sampledSuites = 256;

/**
 * The Secret in which Helm will keep the release, `sh.helm.release.v1.<release>.v1`: chart and manifest
 * as JSON, by gzip, as base64. It is an estimate, as only Helm knows what the templates give: with all
 * suites switched on, no values but those of the chart, and names as in the config.
 * @param config - what `loadConfig` gives
 */
export function estimateRelease(config: ResolvedConfig): ReleaseSize {
  const { suites, layout } = config;
  const sample = (count: number): number => bytesOf({ ...config, suites: suites.filter((_, index) => Math.floor((index * count) / suites.length) !== Math.floor(((index - 1) * count) / suites.length)) });
  const known = Math.min(suites.length, sampledSuites);
  const bytes = sample(known);
  const perSuite = known === suites.length ? 0 : (bytes - sample(known / 2)) / (known / 2);
  return { bytes: Math.round(bytes + (suites.length - known) * perSuite), limitBytes, layout };
}

function bytesOf(config: ResolvedConfig): number {
  const files = renderChart(config);
  const manifest = sampleManifest(config, config.layout === 'files' ? files : renderChart({ ...config, layout: 'files' }));
  return packedBytes(config.name, files, manifest);
}

/** Bytes of a release with this manifest, as Helm packs it. */
export function packedBytes(name: string, files: ChartFiles, manifest: string): number {
  const packed = gzipSync(JSON.stringify(toRelease(name, files, manifest)), { level: 9 }).length;
  return Math.ceil(packed / 3) * 4;
}

/** What Helm writes, with its names and order. */
function toRelease(name: string, files: ChartFiles, manifest: string): object {
  const paths = [...files.keys()].toSorted();
  const base64 = (path: string): string => Buffer.from(files.get(path) ?? '').toString('base64');
  const named = (wanted: (path: string) => boolean): readonly object[] => paths.filter(wanted).map((path) => ({ name: path, data: base64(path) }));
  const isTemplate = (path: string): boolean => path.startsWith('templates/');
  const parts = new Set(['Chart.yaml', 'values.yaml', 'values.schema.json']);
  return {
    name,
    info: { first_deployed: '2026-01-01T00:00:00.000000000Z', last_deployed: '2026-01-01T00:00:00.000000000Z', deleted: '', description: 'Install complete', status: 'deployed', notes: files.get('templates/NOTES.txt') },
    chart: {
      metadata: parse(files.get('Chart.yaml') ?? '') as object,
      lock: null,
      templates: named(isTemplate),
      values: parse(files.get('values.yaml') ?? '', { version: '1.1' }) as object,
      schema: base64('values.schema.json'),
      files: named((path) => !isTemplate(path) && !parts.has(path)),
    },
    manifest,
    version: 1,
    namespace: name,
  };
}
