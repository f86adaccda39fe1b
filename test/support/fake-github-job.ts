import type { GithubJob } from '../../lib/ports/github-job.ts';

/** A step whose repository has the files of `sources`. */
export class FakeGithubJob implements GithubJob {
  summary = '';
  readonly #sources: readonly string[];
  readonly #maxBytes: number;

  constructor({ sources = [], maxBytes = 1024 * 1024 }: { readonly sources?: readonly string[]; readonly maxBytes?: number } = {}) {
    this.#sources = sources;
    this.#maxBytes = maxBytes;
  }

  async summaryRoom(): Promise<number> {
    return this.#maxBytes - Buffer.byteLength(this.summary);
  }

  async appendSummary(text: string): Promise<void> {
    this.summary += text;
  }

  findSource(path: string): string | undefined {
    return this.#sources.find((source) => path === source || path.endsWith(`/${source}`));
  }
}
