import { resolve } from 'node:path';
import { ensureBuilt, type GoProgram } from '../cluster/go-build.ts';
import { run } from '../cluster/shell.ts';

const path = 'github.com/argoproj/argo-cd/v3';
const module = resolve(import.meta.dirname, 'argocd');

const program: GoProgram = {
  name: 'argocd',
  module,
  target: `${path}/cmd`,
  ldflags: [`-X ${path}/common.version=3.2.1`],
  minutes: 8,
};

/** Path of a pinned Argo CD, built from source unless this machine has it. It is the program whose name it is called with. */
export async function ensureArgoCd(): Promise<string> {
  return ensureBuilt(program);
}

/** Folder of its CustomResourceDefinitions. */
export async function findArgoCdCrds(): Promise<string> {
  const { Dir } = JSON.parse(await run('go', ['mod', 'download', '-json', path], { cwd: module })) as { Dir: string };
  return resolve(Dir, 'manifests/crds');
}
