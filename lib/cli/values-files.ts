import { access, constants } from 'node:fs/promises';
import { resolve } from 'node:path';
import { KubesuiteError } from '../errors.ts';

/** Helm would tell only after the chart was made. It reads URLs and, as `-`, its standard input too. */
export async function refuseMissingValues(files: readonly string[], cwd: string): Promise<void> {
  const missing: string[] = [];
  for (const file of files) {
    if (file === '-' || file.includes('://')) continue;
    await access(resolve(cwd, file), constants.R_OK).catch(() => missing.push(file));
  }
  if (missing.length > 0) throw new KubesuiteError('USAGE', `--values names no file that can be read: received ${missing.map((file) => `'${file}'`).join(', ')}.`);
}
