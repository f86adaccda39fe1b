import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KubesuiteError } from '../errors.ts';

/** In a folder of another purpose, files would be replaced and removed that nobody can bring back. */
export function refuseOtherFolder(root: string, chart: string): void {
  const files = listFolder(root);
  const found = files.includes('Chart.yaml') ? /^name: *["']?([^"'\s]+)/m.exec(readFileSync(join(root, 'Chart.yaml'), 'utf8'))?.[1] : undefined;
  if (files.length === 0 || found === chart) return;
  throw new KubesuiteError('CHART_FOLDER', `${root} is not empty and holds ${found === undefined ? 'no chart' : `the chart '${found}'`}: the chart '${chart}' would replace and remove files in it.`, {
    hint: 'choose a new folder, or empty this one',
  });
}

function listFolder(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
