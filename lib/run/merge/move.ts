import type { RunEvent } from '../events.ts';
import type { AttemptReport } from '../report.ts';
import { filesOfAttempt } from '../report-files.ts';
import { attemptFolder, suiteFolder } from '../run-folder-layout.ts';
import type { Place, Places, Source } from './places.ts';

export function moveAttempt(attempt: AttemptReport, oldKey: string, place: Place): AttemptReport {
  const move = (path: string): string => movePath(path, oldKey, place);
  return {
    ...attempt,
    number: attempt.number + place.before,
    ...(attempt.log !== undefined && { log: move(attempt.log) }),
    files: attempt.files.map((file) => ({ ...file, path: move(file.path) })),
    attachments: attempt.attachments.map((attachment) => ({ ...attachment, ...(attachment.path !== undefined && { path: move(attachment.path) }) })),
  };
}

/** The events of the last run of each suite. Those of a run as a whole are left out: the suites without a verdict tell that it was interrupted. */
export function moveEvents(source: Source, places: Places): readonly RunEvent[] {
  return source.events.flatMap((event) => {
    const place = 'suite' in event ? places.of(source, event.suite) : undefined;
    return place === undefined || place.isEarlier ? [] : [moveEvent(event, place)];
  });
}

function moveEvent(event: RunEvent, place: Place): RunEvent {
  if (!('suite' in event)) return event;
  if (event.type === 'log-collected') return { ...event, suite: place.key, path: movePath(event.path, event.suite, place) };
  if (event.type !== 'evidence-collected' || event.attachment.path === undefined) return { ...event, suite: place.key };
  return { ...event, suite: place.key, attachment: { ...event.attachment, path: movePath(event.attachment.path, event.suite, place) } };
}

/** Old and new paths of the files that the report names. */
export function moveFiles(source: Source, places: Places): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { key, attempts, attachments } of source.report.suites) {
    const place = places.of(source, key);
    if (place === undefined) continue;
    // Of the suite as a whole only its last run can say something.
    const ofSuite = place.isEarlier ? [] : attachments.flatMap(({ path = [] }) => path);
    for (const path of [...attempts.flatMap(filesOfAttempt), ...ofSuite]) files.set(path, movePath(path, key, place));
  }
  return files;
}

/** `suites/worker/1/log.txt` → `suites/ci-1.worker/3/log.txt` */
function movePath(path: string, oldKey: string, { key, before }: Place): string {
  const folder = `${suiteFolder(oldKey)}/`;
  if (!path.startsWith(folder)) return path;
  const [first = '', ...rest] = path.slice(folder.length).split('/');
  return /^\d+$/.test(first) ? [attemptFolder(key, Number(first) + before), ...rest].join('/') : [suiteFolder(key), first, ...rest].join('/');
}
