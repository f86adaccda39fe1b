import { HtmlReporter } from '../../../lib/reporters/html/html-reporter.ts';
import { Narrator } from '../../../lib/reporters/narrator.ts';
import { runFiles } from '../../../lib/run/run-folder-layout.ts';
import { MemoryFolder } from '../../support/memory-folder.ts';
import type { RecordedRun } from './every-cause.ts';

/** What the reporter makes of a run, as it does live and replayed. */
export async function renderRun({ events, files }: RecordedRun): Promise<string> {
  const folder = new MemoryFolder();
  for (const [path, text] of files) await folder.write(path, text);
  const narrator = new Narrator(new HtmlReporter({ folder }));
  for (const event of events) await narrator.handle(event);
  return folder.files.get(runFiles.html) ?? '';
}
