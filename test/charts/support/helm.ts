import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import type { ChartFiles } from '../../../lib/chart/chart-files.ts';
import { renderChart } from '../../../lib/chart/render.ts';
import { writeChart } from '../../../lib/chart/write.ts';
import type { ResolvedConfig } from '../../../lib/config/resolved.ts';
import type { KubeObject } from './kube-object.ts';

export type HelmMajor = 3 | 4;

export const helmMajors: readonly HelmMajor[] = [3, 4];

export interface TemplateOptions {
  readonly release?: string;
  readonly namespace?: string;
  /** Deep-merged over values.yaml, as `--values` does. */
  readonly values?: object;
}

const run = promisify(execFile);

/** What Helm made of the same files and values before. */
const rendered = new Map<string, string>();

/** A config's chart on disk, and what a real Helm makes of it. */
export class ChartOnDisk implements Disposable {
  readonly files: ChartFiles;
  readonly root: string;
  readonly #folder: string;

  constructor(config: ResolvedConfig) {
    this.#folder = mkdtempSync(join(tmpdir(), 'kubesuite-chart-'));
    this.root = join(this.#folder, config.name);
    this.files = renderChart(config);
    writeChart(this.root, this.files);
  }

  /** Every object that `helm template` gives. */
  async template(major: HelmMajor, options: TemplateOptions = {}): Promise<readonly KubeObject[]> {
    return parseObjects(await this.templateText(major, options));
  }

  async templateText(major: HelmMajor, options: TemplateOptions = {}): Promise<string> {
    const key = JSON.stringify([major, options, [...this.files]]);
    const known = rendered.get(key);
    if (known !== undefined) return known;
    const text = await templateText(major, this.root, options);
    rendered.set(key, text);
    return text;
  }

  async lint(major: HelmMajor): Promise<string> {
    return lintChart(major, this.root);
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Every object that `helm template` gives of the chart in a folder. */
export async function templateChart(major: HelmMajor, root: string, options: TemplateOptions = {}): Promise<readonly KubeObject[]> {
  return parseObjects(await templateText(major, root, options));
}

export async function lintChart(major: HelmMajor, root: string, values: object = {}): Promise<string> {
  return helm(major, ['lint', '--strict', root], values);
}

/** What was read before: most objects are the same in most renderings, and reading costs as much as Helm does. */
const read = new Map<string, KubeObject | null>();

function parseObjects(text: string): readonly KubeObject[] {
  return text.split(/^---$/m).flatMap((document) => {
    if (!read.has(document)) read.set(document, parse(document, { version: '1.1' }) as KubeObject | null);
    return read.get(document) ?? [];
  });
}

async function templateText(major: HelmMajor, root: string, { release = 'rel', namespace = 'testing', values = {} }: TemplateOptions): Promise<string> {
  // A Helm built from source takes itself for one of Kubernetes 1.20.
  return helm(major, ['template', release, root, '--namespace', namespace, '--kube-version', '1.34.0'], values);
}

/** JSON that YAML takes too: some characters have to be escaped there. */
function toYamlText(values: object): string {
  return JSON.stringify(values).replaceAll(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

async function helm(major: HelmMajor, args: readonly string[], values: object): Promise<string> {
  // A process of 60 ms needs no garbage collector, and others run beside it.
  const running = run(await helmBinary(major), [...args, '--values', '-'], { env: { ...process.env, GOGC: 'off', GOMAXPROCS: '1' }, maxBuffer: 64 * 1024 * 1024 });
  running.child.stdin?.end(toYamlText(values));
  return (await running).stdout;
}

const binaries = new Map<HelmMajor, Promise<string>>();

/** The first call on a machine may build Helm. */
async function helmBinary(major: HelmMajor): Promise<string> {
  const binary = binaries.get(major) ?? findHelm(major);
  binaries.set(major, binary);
  return binary;
}

async function findHelm(major: HelmMajor): Promise<string> {
  const known = process.env[`KUBESUITE_TEST_HELM${major}`];
  if (known !== undefined) return known;
  const { ensureHelm } = await import('../../tools/helm.ts');
  return ensureHelm(major);
}

/** For `beforeAll`: building both Helms takes minutes. */
export async function prepareHelm(): Promise<void> {
  for (const major of helmMajors) await helmBinary(major);
}

export const helmBuildTimeoutMs = 900_000;
