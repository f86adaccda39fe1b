import { homedir } from 'node:os';
import { join } from 'node:path';

/** What is built or downloaded once per machine; every checkout shares it. */
export function cacheDir(...parts: readonly string[]): string {
  const base = process.env['KUBESUITE_CACHE'] ?? join(homedir(), '.cache', 'kubesuite');
  return join(base, ...parts);
}
