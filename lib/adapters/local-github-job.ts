import { existsSync, readdirSync, statSync } from 'node:fs';
import { appendFile, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import type { GithubJob } from '../ports/github-job.ts';

export interface LocalGithubJobOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** GitHub refuses the summary of a step above this. */
const maxSummaryBytes = 1024 * 1024;

/** GitHub Actions as a step sees it: environment variables and a checkout. */
export class LocalGithubJob implements GithubJob {
  readonly #summary: string;
  readonly #workspace: string;
  readonly #cwd: string;
  #folders: readonly string[] | undefined;

  constructor({ env, cwd }: LocalGithubJobOptions) {
    this.#summary = env['GITHUB_STEP_SUMMARY'] ?? '';
    this.#workspace = env['GITHUB_WORKSPACE'] || cwd;
    this.#cwd = cwd;
  }

  async summaryRoom(): Promise<number> {
    if (this.#summary === '') return 0;
    const size = await stat(this.#summary).then(({ size: bytes }) => bytes, () => 0);
    return Math.max(0, maxSummaryBytes - size);
  }

  async appendSummary(text: string): Promise<void> {
    await appendFile(this.#summary, text);
  }

  /** Images copy a folder of the checkout to some place: the longest end of the path that is in one is taken, if it is in one only. */
  findSource(path: string): string | undefined {
    const parts = path.replace(/^file:\/\//, '').split(/[/\\]/).filter((part) => part !== '' && part !== '.');
    if (parts.includes('..') || path.includes('\0')) return undefined;
    for (let start = 0; start < parts.length; start += 1) {
      const end = join(...parts.slice(start));
      const here = resolve(this.#cwd, end);
      if (isFile(here)) return this.#inRepository(here);
      const below = this.#listFolders().map((folder) => join(folder, end)).filter(isFile);
      if (below.length === 1 && below[0] !== undefined) return this.#inRepository(below[0]);
    }
    return undefined;
  }

  #inRepository(file: string): string | undefined {
    const path = relative(this.#workspace, file);
    return path.startsWith('..') ? undefined : path.split(sep).join('/');
  }

  #listFolders(): readonly string[] {
    return (this.#folders ??= readdirSync(this.#cwd, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
      .map(({ name }) => join(this.#cwd, name)));
  }
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
