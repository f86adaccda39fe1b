import type { FileEnd, RunFolder } from '../../ports/files.ts';
import type { RunReport, SuiteReport } from '../../run/report.ts';
import type { PageText } from './page-data.ts';

const limits = { log: 256 * 1024, attachment: 64 * 1024, all: 16 * 1024 * 1024 };

interface Wanted {
  readonly path: string;
  readonly bytes: number;
}

/** Logs and evidence, first of the suites that did not pass, until the page would become too large. */
export async function collectTexts({ suites }: RunReport, folder: RunFolder): Promise<readonly PageText[]> {
  const isFine = ({ verdict }: SuiteReport): boolean => verdict === 'passed';
  const wanted = [...suites.filter((suite) => !isFine(suite)), ...suites.filter(isFine)].flatMap(wantedOf);
  const texts: PageText[] = [];
  let room = limits.all;
  for (const { path, bytes } of wanted) {
    if (room <= 0) break;
    const end = await folder.readEnd(path, Math.min(bytes, room));
    if (end === undefined) continue;
    texts.push({ path, ...fromWholeLine(end) });
    room -= end.text.length;
  }
  return texts;
}

/** A cut may be in the middle of a line, of a character or of a colour. */
function fromWholeLine({ text, omittedBytes }: FileEnd): FileEnd {
  return { text: omittedBytes === 0 ? text : text.slice(text.indexOf('\n') + 1), omittedBytes };
}

function wantedOf({ attempts, attachments }: SuiteReport): readonly Wanted[] {
  return [
    ...attempts.flatMap(({ log }) => (log === undefined ? [] : [{ path: log, bytes: limits.log }])),
    ...[...attachments, ...attempts.flatMap((attempt) => attempt.attachments)].flatMap(({ path }) => (path === undefined ? [] : [{ path, bytes: limits.attachment }])),
  ];
}
