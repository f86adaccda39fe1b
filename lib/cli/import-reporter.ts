import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeImportError, importErrorHint } from '../config/import-error.ts';
import { didYouMean } from '../config/did-you-mean.ts';
import { KubesuiteError } from '../errors.ts';
import { reporterNames } from '../reporters/registry.ts';
import type { ReporterDeps } from '../reporters/reporter-deps.ts';
import type { Reporter } from '../reporters/reporter.ts';

/** Makes a reporter of somebody else: what its constructor or factory throws is thrown. */
export type CustomReporter = (deps: ReporterDeps) => Promise<Reporter>;

/** Imports a reporter: a file by its path, relative to `cwd`, or a package of the project by its name. */
export async function importReporter(name: string, cwd: string): Promise<CustomReporter> {
  const file = isPath(name) ? findFile(name, cwd) : findPackage(name, cwd);
  let module: { readonly default?: unknown };
  try {
    module = (await import(pathToFileURL(file).href)) as typeof module;
  } catch (error) {
    throw notLoaded(`The reporter ${name} cannot be imported: ${describeImportError(error)}`, importErrorHint(error, 'with the ending .ts, .mts, .js or .mjs').hint);
  }
  const create = module.default;
  if (typeof create !== 'function') {
    throw notLoaded(`The reporter ${name} must have a class or a function as its default export; received ${create === undefined ? 'none' : typeof create}.`, 'write `export default class MyReporter { … }`');
  }
  return async (deps) => {
    // A function with a prototype that returns an object gives it with `new` as well.
    const made: unknown = create.prototype === undefined ? await (create as (given: ReporterDeps) => unknown)(deps) : Reflect.construct(create, [deps]);
    if (typeof made !== 'object' || made === null) throw new Error(`the default export of ${name} gave no reporter`);
    return made;
  };
}

function isPath(name: string): boolean {
  return /^\.{1,2}[/\\]/.test(name) || isAbsolute(name);
}

function findFile(name: string, cwd: string): string {
  const file = resolve(cwd, name);
  if (existsSync(file)) return file;
  throw notLoaded(`There is no reporter ${file}.`, 'name a file relative to the working directory, such as --reporter ./my-reporter.ts');
}

function findPackage(name: string, cwd: string): string {
  try {
    return createRequire(join(cwd, 'package.json')).resolve(name);
  } catch {
    throw new KubesuiteError('USAGE', `Reporter must be one of ${reporterNames.join(', ')}, a path that begins with ./, or an installed package; received ${JSON.stringify(name)}.`, {
      hint: didYouMean(name, reporterNames) ?? `Use --reporter ${reporterNames[0]}.`,
    });
  }
}

function notLoaded(message: string, hint: string | undefined): KubesuiteError {
  return new KubesuiteError('REPORTER_LOAD', message, hint === undefined ? {} : { hint });
}
