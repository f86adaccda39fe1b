import { pathToFileURL } from 'node:url';
import { KubesuiteError } from '../errors.ts';

/** Imports a file as Node does, and says what is wrong when that does not work. */
export async function importConfig(file: string): Promise<unknown> {
  let module: { readonly default?: unknown };
  try {
    module = (await import(pathToFileURL(file).href)) as typeof module;
  } catch (error) {
    throw new KubesuiteError('CONFIG_LOAD', `${file} cannot be imported: ${describe(error)}`, { cause: error, ...hintFor(error) });
  }
  if (module.default === undefined) {
    throw new KubesuiteError('CONFIG_LOAD', `${file} has no default export.`, { hint: 'write `export default defineSuites({ … })`' });
  }
  return module.default;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Node puts file, line and the marked source of a syntax error only there.
  const [place = '', ...rest] = error.stack?.split('\n') ?? [];
  const isSyntax = error instanceof SyntaxError && /:\d+$/.test(place);
  if (!isSyntax) return `${error.name}: ${error.message}${firstPlace(error)}`;
  return [error.message.split('\n')[0], place, ...rest.slice(0, Math.max(0, rest.findIndex((line) => line.startsWith('SyntaxError'))))].join('\n').trimEnd();
}

function firstPlace({ stack = '' }: Error): string {
  const place = /\((file:\/\/.*:\d+:\d+)\)|at (file:\/\/.*:\d+:\d+)/.exec(stack);
  return place === null ? '' : ` (${place[1] ?? place[2]})`;
}

function hintFor(error: unknown): { readonly hint?: string } {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX':
      return { hint: 'Node strips types and does not compile: write plain objects instead of enums, namespaces and parameter properties' };
    case 'ERR_MODULE_NOT_FOUND':
      return { hint: "install what is imported; files of the project are imported with their ending, such as './redis.ts'" };
    case 'ERR_UNKNOWN_FILE_EXTENSION':
      return { hint: 'name the file suites.config.ts, .mts, .js or .mjs' };
    default:
      return {};
  }
}
