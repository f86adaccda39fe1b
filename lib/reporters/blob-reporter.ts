import type { RunFolder } from '../ports/files.ts';
import type { RunEvent } from '../run/events.ts';
import type { RunReport } from '../run/report.ts';
import { filesOf } from '../run/report-files.ts';
import { runFiles } from '../run/run-folder-layout.ts';
import { blobVersion, packFile, type BlobLine } from './blob.ts';
import type { Reporter } from './reporter.ts';

/** Writes a run into one file, from which `kubesuite merge` makes it again: events, logs and files. */
export class BlobReporter implements Reporter {
  readonly medium = 'file';
  readonly #folder: RunFolder;
  readonly #events: RunEvent[] = [];

  constructor({ folder }: { readonly folder: RunFolder }) {
    this.#folder = folder;
  }

  onEvent(event: RunEvent): void {
    this.#events.push(event);
  }

  async onTestRunEnd(report: RunReport): Promise<void> {
    let lines = 0;
    const add = async (...added: readonly BlobLine[]): Promise<void> => {
      lines += added.length;
      await this.#folder.append(runFiles.blob, added.map((line) => `${JSON.stringify(line)}\n`).join(''));
    };
    await this.#folder.write(runFiles.blob, '');
    await add({ kubesuite: 'blob', version: blobVersion }, ...this.#events.map((event) => ({ event })));
    // One by one: together they may be larger than the memory.
    for (const file of new Set(filesOf(report))) {
      const content = await this.#folder.read(file);
      if (content !== undefined) await add(packFile(file, content));
    }
    await add({ lines });
  }
}
