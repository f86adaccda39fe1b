import { fileURLToPath } from 'node:url';
import { goBuild, type GoProgram } from './go-build.ts';

/** Kubernetes as Helm takes it to be when it is asked for none, as its own releases have it: that of client-go. */
const kubernetes = { k8sVersionMajor: '1', k8sVersionMinor: '37' };

const programs: Readonly<Record<3 | 4, GoProgram>> = {
  3: {
    name: 'helm3',
    module: fileURLToPath(new URL('helm3', import.meta.url)),
    package: 'helm.sh/helm/v3/cmd/helm',
    variables: {
      'helm.sh/helm/v3/internal/version.version': 'v3.22.0',
      'helm.sh/helm/v3/internal/version.metadata': '',
      ...prefixed('helm.sh/helm/v3/pkg/chartutil', kubernetes),
      ...prefixed('helm.sh/helm/v3/pkg/lint/rules', kubernetes),
    },
    about: '2 min',
  },
  4: {
    name: 'helm4',
    module: fileURLToPath(new URL('helm4', import.meta.url)),
    package: 'helm.sh/helm/v4/cmd/helm',
    variables: {
      'helm.sh/helm/v4/internal/version.version': 'v4.3.1',
      'helm.sh/helm/v4/internal/version.metadata': '',
    },
    about: '2 min',
  },
};

/** Path of a Helm of this major version, built from source unless this machine has it. */
export async function ensureHelm(major: 3 | 4): Promise<string> {
  return goBuild(programs[major]);
}

function prefixed(path: string, variables: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [`${path}.${name}`, value]));
}
