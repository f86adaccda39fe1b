import { resolve } from 'node:path';
import { ensureBuilt, type GoProgram } from '../cluster/go-build.ts';

const module = resolve(import.meta.dirname, 'argocd');

const program: GoProgram = {
  name: 'argocd',
  module,
  target: 'github.com/argoproj/argo-cd/v3/cmd',
  ldflags: ['-X github.com/argoproj/argo-cd/v3/common.version=3.2.1'],
  minutes: 8,
};

/** Path of a pinned Argo CD, built from source unless this machine has it: each of its programs by the name that it is called with. */
export async function ensureArgoCd(): Promise<string> {
  return ensureBuilt(program);
}
