import type { RunBoard } from '../default/run-board.ts';
import { plural } from '../../plural.ts';
import type { SuiteProgress } from '../../run/progress.ts';
import { formatElapsed } from './duration.ts';
import { phaseLooks } from './style.ts';
import { truncate } from './text.ts';

const named = 4;

/** `… waiting for 3 of 17 suites: db starting for 40s (pulling image x), …, +1 more` */
export function renderHeartbeat(board: RunBoard, now: Date): string {
  const live = board.live();
  const names = live.slice(0, named).map((suite) => describe(suite, now));
  const more = live.length > named ? [`+${live.length - named} more`] : [];
  const list = [...names, ...more].join(', ');
  return `… waiting for ${live.length} of ${plural(board.total, 'suite')}${list === '' ? '' : `: ${list}`}`;
}

function describe({ key, phase, since, detail }: SuiteProgress, now: Date): string {
  const elapsed = since === undefined ? '' : ` for ${formatElapsed(now.getTime() - Date.parse(since))}`;
  return `${truncate(key, 48)} ${phaseLooks[phase].word}${elapsed}${detail === '' ? '' : ` (${truncate(detail, 100)})`}`;
}
