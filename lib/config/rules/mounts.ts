import { resultsDefaults } from '../defaults.ts';
import { entriesOf, typeOf, type Draft, type DraftSuite } from '../draft.ts';
import type { Finding, Path } from '../problem.ts';
import { podPaths } from '../pod-paths.ts';
import { isBelow } from '../schema/paths.ts';

/** Folders that the suite or its collector gets anyway. */
const taken = new Set<string>(Object.values(podPaths));

type Volume = NonNullable<NonNullable<DraftSuite['volumes']>[number]>;

/** Every path is mounted once, and the results folder can be written to and collected. */
export function checkMounts(draft: Draft): readonly Finding[] {
  const ofTypes = entriesOf(draft.types).flatMap(([name, { results }]) => checkResultsPath(['types', name], results));
  const ofSuites = entriesOf(draft.suites).flatMap(([name, suite]) => [
    ...checkResultsPath(['suites', name], suite.results),
    ...checkVolumes(['suites', name, 'volumes'], suite.volumes ?? [], resultsFolder(suite.results ?? typeOf(suite, draft)?.results)),
  ]);
  return [...ofTypes, ...ofSuites];
}

function checkResultsPath(owner: Path, results: DraftSuite['results']): readonly Finding[] {
  const folder = resultsFolder(results) ?? '';
  if (!taken.has(folder) && !isBelow(folder, podPaths.collector)) return [];
  const rule = `must not be ${podPaths.tmp}, ${podPaths.home} or in ${podPaths.collector}, where the pod has volumes of its own`;
  return [{ path: [...owner, 'results', 'path'], rule, hint: "write '/results'" }];
}

function checkVolumes(path: Path, volumes: readonly (Volume | undefined)[], results: string | undefined): readonly Finding[] {
  return volumes.flatMap((volume, index) => {
    const mountPath = volume?.mountPath;
    if (mountPath === undefined) return [];
    const rule = volumes.slice(0, index).some((other) => other?.mountPath === mountPath)
      ? 'must be mounted at another path than the volumes before it'
      : results !== undefined && findConflict(volume, mountPath, results);
    return rule ? [{ path: [...path, index, 'mountPath'], rule }] : [];
  });
}

function findConflict(volume: Volume | undefined, mountPath: string, results: string): string | undefined {
  if (mountPath === results) return 'must not be mounted at the results folder, which has a volume of its own';
  if (isBelow(mountPath, results)) return `must not be mounted in the results folder ${results}: what is in there would not be collected`;
  const isReadOnly = volume?.readOnly ?? !(volume !== undefined && 'emptyDir' in volume);
  return isReadOnly && isBelow(results, mountPath) ? `must not be read-only, as the results folder ${results} is mounted in it` : undefined;
}

/** Undefined where no folder is collected. */
function resultsFolder(results: DraftSuite['results']): string | undefined {
  return typeof results === 'string' ? undefined : (results?.path ?? resultsDefaults.path);
}
