import { access, constants } from 'node:fs/promises';
import { resolve } from 'node:path';
import { KubesuiteError } from '../errors.ts';

/** Helm would tell only after the chart was made. It reads URLs too. */
export async function refuseMissingValues(files: readonly string[], cwd: string): Promise<void> {
  const missing: string[] = [];
  for (const file of files) {
    if (file === '-') throw new KubesuiteError('USAGE', "--values must name a file or a URL; received '-'.", { hint: 'write the values into a file: Helm may have to read them twice' });
    if (file.includes('://')) continue;
    await access(resolve(cwd, file), constants.R_OK).catch(() => missing.push(file));
  }
  if (missing.length > 0) throw new KubesuiteError('USAGE', `--values names no file that can be read: received ${missing.map((file) => `'${file}'`).join(', ')}.`);
}
