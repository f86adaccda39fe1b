import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { makeWritableFolder } from '../adapters/make-folder.ts';
import { KubesuiteError } from '../errors.ts';
import { hasCode } from '../has-code.ts';

/** Makes the folder of a chart. One of another purpose is refused: files would be replaced and removed in it that nobody can bring back. */
export async function prepareChartFolder(root: string, chart: string): Promise<void> {
  const { files, holds } = await look(root).catch(refuse);
  if (files > 0 && holds !== chart) {
    throw new KubesuiteError('CHART_FOLDER', `${root} is not empty and holds ${holds === undefined ? 'no chart' : `the chart '${holds}'`}: the chart '${chart}' would replace and remove files in it.`, {
      hint: 'choose a new folder with --output, or empty this one',
    });
  }
  await makeWritableFolder(root).catch(refuse);
}

/** Else everything would differ from nothing, line by line. */
export function holdsChart(root: string): boolean {
  return existsSync(join(root, 'Chart.yaml'));
}

function refuse(error: unknown): never {
  throw new KubesuiteError('CHART_FOLDER', `The folder of the chart cannot be written: ${error instanceof Error ? error.message : String(error)}.`, {
    hint: 'choose another one with --output',
    cause: error,
  });
}

interface FolderContent {
  readonly files: number;
  /** Name of the chart in it. */
  readonly holds?: string | undefined;
}

async function look(path: string): Promise<FolderContent> {
  const files = await listFolder(path);
  if (!files.includes('Chart.yaml')) return { files: files.length };
  const name = parseDocument(await readFile(join(path, 'Chart.yaml'), 'utf8')).get('name');
  return { files: files.length, holds: typeof name === 'string' ? name : undefined };
}

async function listFolder(path: string): Promise<readonly string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}
