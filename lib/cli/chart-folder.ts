import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeWritableFolder } from '../adapters/make-folder.ts';
import { KubesuiteError } from '../errors.ts';

/** Makes the folder of a chart. One of another purpose is refused: files would be replaced and removed in it that nobody can bring back. */
export async function prepareChartFolder(root: string, chart: string): Promise<void> {
  let found: FolderContent;
  try {
    found = await look(root);
    if (found.isEmpty) await makeWritableFolder(root);
  } catch (error) {
    throw new KubesuiteError('CHART_FOLDER', `The folder of the chart cannot be written: ${error instanceof Error ? error.message : String(error)}.`, {
      hint: 'choose another one with --output',
      cause: error,
    });
  }
  if (found.isEmpty || found.chart === chart) return;
  throw new KubesuiteError('CHART_FOLDER', `${root} is not empty and holds ${found.chart === undefined ? 'no chart' : `the chart '${found.chart}'`}: the chart '${chart}' would replace and remove files in it.`, {
    hint: 'choose a new folder, or empty this one',
  });
}

interface FolderContent {
  readonly isEmpty: boolean;
  /** Name of the chart in it. */
  readonly chart?: string | undefined;
}

async function look(path: string): Promise<FolderContent> {
  const files = await listFolder(path);
  if (!files.includes('Chart.yaml')) return { isEmpty: files.length === 0 };
  return { isEmpty: false, chart: /^name: *["']?([^"'\s]+)/m.exec(await readFile(join(path, 'Chart.yaml'), 'utf8'))?.[1] };
}

async function listFolder(path: string): Promise<readonly string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
