import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import type { KubeConfigOptions } from './kube-config.ts';

/** What the user chose by kubeconfig and context. */
export interface ChosenCluster {
  readonly context: string;
  readonly server: string;
}

interface NamedEntries {
  readonly contexts?: readonly { readonly name: string; readonly context: { readonly cluster: string } }[];
  readonly clusters?: readonly { readonly name: string; readonly cluster: { readonly server: string } }[];
  readonly 'current-context'?: string;
}

/**
 * Reads the choice from a plain kubeconfig, so that Helm can start while the Kubernetes client is still
 * being imported (0.4 s). Undefined when there is any doubt: then the client has to say.
 */
export function peekChosenCluster({ kubeconfig, context }: KubeConfigOptions): ChosenCluster | undefined {
  const path = kubeconfig ?? (process.env['KUBECONFIG'] || join(homedir(), '.kube', 'config'));
  if (path.includes(delimiter)) return undefined;
  try {
    const { contexts, clusters, ...config } = parse(readFileSync(path, 'utf8')) as NamedEntries;
    const name = context ?? config['current-context'];
    const chosen = contexts?.find((entry) => entry.name === name);
    const cluster = clusters?.find((entry) => entry.name === chosen?.context.cluster);
    return chosen && cluster && { context: chosen.name, server: cluster.cluster.server };
  } catch {
    return undefined;
  }
}
