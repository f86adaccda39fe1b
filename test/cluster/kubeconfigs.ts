import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addresses, type NodePaths } from './paths.ts';

/** Name of the context that the host's kubeconfig selects. */
export const contextName = 'kubesuite';

const components = ['admin', 'controller-manager', 'scheduler', 'proxy', 'netpol', 'kubelet'] as const;
export type Component = (typeof components)[number];

export function kubeconfigOf({ pki }: NodePaths, component: Component): string {
  return join(pki, `${component}.kubeconfig`);
}

/** One for each component, with the node's own address. */
export function writeKubeconfigs(paths: NodePaths): void {
  for (const component of components) {
    writeFileSync(kubeconfigOf(paths, component), kubeconfig(paths, component, `https://${addresses.node}:6443`), { mode: 0o600 });
  }
}

/** The one for the host, through the relay. */
export function writeHostKubeconfig(paths: NodePaths): void {
  const port = readFileSync(paths.port, 'utf8');
  writeFileSync(paths.kubeconfig, kubeconfig(paths, 'admin', `https://127.0.0.1:${port}`), { mode: 0o600 });
}

function kubeconfig({ pki }: NodePaths, component: Component, server: string): string {
  const base64 = (name: string): string => readFileSync(join(pki, name)).toString('base64');
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: contextName, cluster: { server, 'certificate-authority-data': base64('ca.crt') } }],
    users: [{ name: component, user: { 'client-certificate-data': base64(`${component}.crt`), 'client-key-data': base64(`${component}.key`) } }],
    contexts: [{ name: contextName, context: { cluster: contextName, user: component } }],
    'current-context': contextName,
  });
}
