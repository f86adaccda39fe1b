import { pathToFileURL } from 'node:url';
import { KubesuiteError } from '../errors.ts';
import { describeImportError, importErrorHint } from './import-error.ts';

/** Imports a file as Node does, and says what is wrong when that does not work. */
export async function importConfig(file: string): Promise<unknown> {
  let module: { readonly default?: unknown };
  try {
    module = (await import(pathToFileURL(file).href)) as typeof module;
  } catch (error) {
    const hint = importErrorHint(error, 'suites.config.ts, .mts, .js or .mjs');
    throw new KubesuiteError('CONFIG_LOAD', `${file} cannot be imported: ${describeImportError(error)}`, { cause: error, ...hint });
  }
  if (module.default === undefined) {
    throw new KubesuiteError('CONFIG_LOAD', `${file} has no default export.`, { hint: 'write `export default defineSuites({ … })`' });
  }
  return module.default;
}
