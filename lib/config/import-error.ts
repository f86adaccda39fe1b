/** Why Node could not import a file, in a few words and with the place. */
export function describeImportError(error: unknown): string {
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

/** What to do about it. `names` says how such a file may be called. */
export function importErrorHint(error: unknown, names: string): { readonly hint?: string } {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX':
      return { hint: 'Node strips types and does not compile: write plain objects instead of enums, namespaces and parameter properties' };
    case 'ERR_MODULE_NOT_FOUND':
      return { hint: "install what is imported; files of the project are imported with their ending, such as './redis.ts'" };
    case 'ERR_UNKNOWN_FILE_EXTENSION':
      return { hint: `name the file ${names}` };
    default:
      return {};
  }
}
