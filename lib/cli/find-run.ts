import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { KubesuiteError } from '../errors.ts';
import { runFiles } from '../run/run-folder-layout.ts';

/** The folder of a run that is named by its id or by its path. */
export function findRun(run: string, outputDir: string, cwd: string): string {
  const places = [resolve(cwd, outputDir, 'runs', run), resolve(cwd, run)];
  const found = places.find((place) => existsSync(resolve(place, runFiles.events)));
  if (found === undefined) {
    throw new KubesuiteError('RUN_UNKNOWN', `There is no run '${run}': no ${runFiles.events} in ${places.join(' or ')}.`, {
      hint: `name a folder under ${outputDir}/runs`,
    });
  }
  return found;
}
