import { join, resolve } from 'node:path';
import { ensureBuilt, type GoProgram } from '../cluster/go-build.ts';
import { run } from '../cluster/shell.ts';

const module = resolve(import.meta.dirname, 'kueue');

const program: GoProgram = { name: 'kueue', module, target: 'sigs.k8s.io/kueue/cmd/kueue', minutes: 4 };

export interface Kueue {
  /** Path of the controller. */
  readonly binary: string;
  /** Folder of its sources, with CRDs, rights and webhook configurations under `config/components`. */
  readonly sources: string;
}

/** A pinned Kueue, built from source unless this machine has it. */
export async function ensureKueue(): Promise<Kueue> {
  const binary = await ensureBuilt(program);
  const sources = await run('go', ['list', '-m', '-f', '{{.Dir}}', 'sigs.k8s.io/kueue'], { cwd: module });
  return { binary, sources: join(sources.trim(), 'config/components') };
}
