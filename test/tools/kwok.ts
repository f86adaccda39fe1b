import { join, resolve } from 'node:path';
import { ensureBuilt, type GoProgram } from '../cluster/go-build.ts';
import { run } from '../cluster/shell.ts';

const module = resolve(import.meta.dirname, 'kwok');

const program: GoProgram = { name: 'kwok', module, target: 'sigs.k8s.io/kwok/cmd/kwok', minutes: 2 };

export interface KwokProgram {
  readonly binary: string;
  /** Folder of its stages: what becomes of fake nodes and pods. */
  readonly stages: string;
}

/** A pinned kwok, built from source unless this machine has it. */
export async function ensureKwok(): Promise<KwokProgram> {
  const binary = await ensureBuilt(program);
  const sources = await run('go', ['list', '-m', '-f', '{{.Dir}}', 'sigs.k8s.io/kwok'], { cwd: module });
  return { binary, stages: join(sources.trim(), 'kustomize/stage') };
}
