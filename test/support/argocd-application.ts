import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import { parseDocument } from 'yaml';
import { kubectl, succeed } from './e2e.ts';

const example = resolve(import.meta.dirname, '../../examples/argo-cd/application.yaml');
const syncDeadlineMs = 90_000;
const pollMs = 500;

/** What the test reads of an Application. */
interface ApplicationStatus {
  readonly reconciledAt?: string;
  readonly sync?: { readonly status: string; readonly revision?: string };
  readonly health?: { readonly status?: string };
  readonly history?: readonly { readonly revision: string }[];
  readonly operationState?: {
    readonly phase: string;
    readonly message?: string;
    readonly startedAt: string;
    readonly retryCount?: number;
    readonly syncResult?: { readonly revision: string; readonly resources?: readonly { readonly kind: string; readonly name: string; readonly hookPhase?: string; readonly hookType?: string }[] };
  };
}

/** The Application of the docs, for a local git repository and namespaces of the test. */
export class ArgoCdApplication {
  readonly #name: string;
  readonly #namespace: string;
  readonly #repository: string;

  static async create(options: { readonly argocd: string; readonly destination: string; readonly repository: string }): Promise<ArgoCdApplication> {
    const manifest = parseDocument(await readFile(example, 'utf8'));
    manifest.setIn(['spec', 'source', 'repoURL'], `file://${options.repository}`);
    manifest.setIn(['metadata', 'namespace'], options.argocd);
    manifest.setIn(['spec', 'destination', 'namespace'], options.destination);
    const file = join(options.repository, '.git', 'application.yaml');
    await writeFile(file, manifest.toString());
    await kubectl('apply', '--filename', file);
    return new ArgoCdApplication(String(manifest.getIn(['metadata', 'name'])), options.argocd, options.repository);
  }

  private constructor(name: string, namespace: string, repository: string) {
    this.#name = name;
    this.#namespace = namespace;
    this.#repository = repository;
  }

  async status(): Promise<ApplicationStatus> {
    const { status = {} } = JSON.parse(await kubectl('get', 'application', this.#name, '--namespace', this.#namespace, '--output=json')) as { status?: ApplicationStatus };
    return status;
  }

  /** Commits the repository and lets Argo CD look at it now. */
  async push(message: string): Promise<string> {
    await commitAll(this.#repository, message);
    await this.refresh();
    return head(this.#repository);
  }

  /** Resolves when Argo CD has compared everything again. */
  async refresh(): Promise<ApplicationStatus> {
    const annotation = 'argocd.argoproj.io/refresh';
    await kubectl('annotate', 'application', this.#name, '--namespace', this.#namespace, `${annotation}=hard`, '--overwrite');
    await expect.poll(async () => kubectl('get', 'application', this.#name, '--namespace', this.#namespace, '--output=jsonpath={.metadata.annotations}'), { timeout: 30_000 }).not.toContain(annotation);
    return this.status();
  }

  /** The state after the sync of a commit, whatever became of it. */
  async synced(revision: string): Promise<ApplicationStatus> {
    const until = Date.now() + syncDeadlineMs;
    for (;;) {
      const status = await this.status();
      const { phase = 'none', message = '', syncResult } = status.operationState ?? {};
      if (syncResult?.revision === revision && (phase === 'Succeeded' || phase === 'Failed' || phase === 'Error')) return status;
      if (Date.now() > until) throw new Error(`Argo CD did not sync ${revision} within ${syncDeadlineMs / 1000} s. Phase of ${syncResult?.revision}: ${phase} (${message})`);
      await setTimeout(pollMs);
    }
  }
}

/** A git repository with everything in the folder. */
export async function createRepository(folder: string): Promise<string> {
  await git(folder, 'init', '--quiet', '--initial-branch=main');
  await commitAll(folder, 'first');
  return head(folder);
}

async function commitAll(folder: string, message: string): Promise<void> {
  await git(folder, 'add', '--all');
  await git(folder, '-c', 'user.name=test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '--allow-empty', '--message', message);
}

async function head(folder: string): Promise<string> {
  return (await git(folder, 'rev-parse', 'HEAD')).trim();
}

async function git(cwd: string, ...args: string[]): Promise<string> {
  return succeed('git', args, { cwd });
}
