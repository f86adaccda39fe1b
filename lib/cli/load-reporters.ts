import { join, resolve } from 'node:path';
import { LocalGithubJob } from '../adapters/local-github-job.ts';
import { checkWritableFile } from '../adapters/make-folder.ts';
import { didYouMean } from '../config/did-you-mean.ts';
import { KubesuiteError } from '../errors.ts';
import type { RunFolder } from '../ports/files.ts';
import type { NamedReporter } from '../reporters/multiplexer.ts';
import { builtInReporters, isReporterName, type BuiltInReporter } from '../reporters/registry.ts';
import type { BuiltInReporterDeps } from '../reporters/reporter-deps.ts';
import type { Reporter } from '../reporters/reporter.ts';
import { runFiles } from '../run/run-folder-layout.ts';
import type { CommandContext } from './context.ts';
import { importReporter } from './import-reporter.ts';
import { RedirectedFolder } from './output-file.ts';
import { defaultReporters, type ReportOptions } from './report-options.ts';

/** Makes the chosen reporters once the folder of the run is known. */
export type CreateReporters = (folder: RunFolder) => Promise<readonly NamedReporter[]>;

type Create = (deps: BuiltInReporterDeps) => Reporter | Promise<Reporter>;

/**
 * Finds and imports the reporters that the options name, each once and in their order. To be called before anything
 * is installed: here fails what can fail.
 */
export async function loadReporters({ reporter, outputFile = [] }: Pick<ReportOptions, 'reporter' | 'outputFile'>, { cwd, env, screen, clock }: Pick<CommandContext, 'cwd' | 'env' | 'screen' | 'clock'>): Promise<CreateReporters> {
  const names = [...new Set(reporter ?? [...defaultReporters, ...(env['GITHUB_ACTIONS'] === 'true' ? ['github'] : [])])];
  const targets = parseOutputFiles(outputFile, names);
  for (const [name, { path }] of targets) await checkWritableFile(resolve(cwd, path)).catch((error: unknown) => refuseFile(`${name}=${path}`, error));
  const creates: { readonly name: string; readonly create: Create }[] = [];
  for (const name of names) creates.push({ name, create: isReporterName(name) ? builtInReporters[name].create : await importReporter(name, cwd) });
  const github = new LocalGithubJob({ env, cwd });
  return async (folder) => {
    const page = names.includes('html') ? (targets.get('html')?.path ?? join(folder.root, runFiles.html)) : undefined;
    return Promise.all(
      creates.map(async ({ name, create }) => {
        const target = targets.get(name);
        const own = target === undefined ? folder : new RedirectedFolder(folder, target.file, resolve(cwd, target.path));
        return { name, reporter: await tryCreate(create, { screen, folder: own, cwd, now: () => clock.now(), github, page }) };
      }),
    );
  };
}

/** By now a release may be installed: a constructor that throws is told like everything else that reporters throw. */
async function tryCreate(create: Create, deps: BuiltInReporterDeps): Promise<Reporter> {
  try {
    return await create(deps);
  } catch (error) {
    return {
      onTestRunStart: () => {
        throw error;
      },
    };
  }
}

interface OutputFile {
  /** In the run folder. */
  readonly file: string;
  readonly path: string;
}

function parseOutputFiles(values: readonly string[], chosen: readonly string[]): ReadonlyMap<string, OutputFile> {
  const files = new Map<string, OutputFile>();
  for (const value of values) {
    const [name, file] = parseOutputFile(value, chosen);
    refuseSharing(files, name, file);
    files.set(name, file);
  }
  return files;
}

function refuseSharing(files: ReadonlyMap<string, OutputFile>, name: string, { path }: OutputFile): void {
  const other = files.get(name);
  if (other !== undefined) throw new KubesuiteError('USAGE', `--output-file must name each reporter once; received ${name}=${other.path} and ${name}=${path}.`, { hint: `keep one path for ${name}` });
  const sharing = [...files].find(([, file]) => file.path === path)?.[0];
  if (sharing !== undefined) throw new KubesuiteError('USAGE', `--output-file must give each reporter a file of its own; received ${path} for ${sharing} and ${name}.`, { hint: 'choose another path for one of them' });
}

function parseOutputFile(value: string, chosen: readonly string[]): readonly [string, OutputFile] {
  const [, name = '', path = ''] = /^([^=]+)=(.+)$/.exec(value) ?? [];
  const writing = chosen.filter((candidate) => fileOf(candidate) !== undefined);
  const file = fileOf(name);
  if (file !== undefined && writing.includes(name) && path !== '') return [name, { file, path }];
  throw new KubesuiteError('USAGE', `--output-file must be <reporter>=<path> of a chosen reporter that writes a file; received ${JSON.stringify(value)}.`, {
    hint: file === undefined ? didYouMean(name, writing) : `choose the reporter as well: --reporter ${name}`,
  });
}

function refuseFile(value: string, cause: unknown): never {
  throw new KubesuiteError('USAGE', `--output-file must name a file that can be written; received ${JSON.stringify(value)}: ${cause instanceof Error ? cause.message : String(cause)}.`, {
    hint: 'choose another path',
    cause,
  });
}

function fileOf(name: string): string | undefined {
  return isReporterName(name) ? (builtInReporters[name] as BuiltInReporter).file : undefined;
}
