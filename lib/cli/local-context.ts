/**
 * Whether a kubeconfig context is of a known provider of clusters on one's own machine, so that
 * images can be loaded into it and suites run in it without asking first.
 */
export function isLocalContext(name: string): boolean {
  return localProvider(name) !== undefined;
}

export type LocalProvider = 'kubesuite' | 'kind' | 'k3d' | 'minikube' | 'docker-desktop' | 'rancher-desktop';

/** The provider that names its contexts so. `kubesuite` is the one-node cluster of this repository. */
export function localProvider(name: string): LocalProvider | undefined {
  if (/^kind-./.test(name)) return 'kind';
  if (/^k3d-./.test(name)) return 'k3d';
  switch (name) {
    case 'kubesuite':
    case 'minikube':
    case 'docker-desktop':
    case 'rancher-desktop':
      return name;
    default:
      return undefined;
  }
}
