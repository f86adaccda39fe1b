import { resolve } from 'node:path';
import { ensureBuilt, type GoProgram } from '../cluster/go-build.ts';

/** Helm's own releases take themselves for one of client-go's Kubernetes; without these flags it would be 1.20. */
const kubernetes = ['helm.sh/helm/v3/pkg/chartutil', 'helm.sh/helm/v3/pkg/lint/rules'].flatMap((path) => [
  `-X ${path}.k8sVersionMajor=1`,
  `-X ${path}.k8sVersionMinor=37`,
]);

const programs: Readonly<Record<3 | 4, GoProgram>> = {
  3: {
    name: 'helm3',
    module: resolve(import.meta.dirname, 'helm3'),
    target: 'helm.sh/helm/v3/cmd/helm',
    ldflags: ['-X helm.sh/helm/v3/internal/version.version=v3.22.0', ...kubernetes],
    minutes: 2,
  },
  4: {
    name: 'helm4',
    module: resolve(import.meta.dirname, 'helm4'),
    target: 'helm.sh/helm/v4/cmd/helm',
    ldflags: ['-X helm.sh/helm/v4/internal/version.version=v4.3.1'],
    minutes: 2,
  },
};

/** Path of a pinned Helm, built from source unless this machine has it. */
export async function ensureHelm(major: 3 | 4): Promise<string> {
  return ensureBuilt(programs[major]);
}
