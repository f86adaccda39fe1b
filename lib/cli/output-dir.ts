import { resolve } from 'node:path';
import { makeWritableFolder } from '../adapters/make-folder.ts';
import { KubesuiteError } from '../errors.ts';

/** Makes the folder of all runs. To be called before anything is installed: a run whose results go nowhere is none. */
export async function prepareOutputDir(outputDir: string, cwd: string): Promise<void> {
  try {
    await makeWritableFolder(resolve(cwd, outputDir, 'runs'));
  } catch (error) {
    throw new KubesuiteError('OUTPUT_DIR', `The folder of all runs cannot be written: ${error instanceof Error ? error.message : String(error)}.`, {
      hint: 'choose another one with --output-dir',
      cause: error,
    });
  }
}
