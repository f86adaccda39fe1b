import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

/** Everything that is built or downloaded lives here, outside of any checkout. */
export const cacheDir = resolve(process.env['KUBESUITE_CACHE'] ?? join(homedir(), '.cache', 'kubesuite'));

export const defaultStateDir = resolve(process.env['KUBESUITE_CLUSTER_DIR'] ?? join(cacheDir, 'cluster'));

/** Where a node keeps what. Two nodes with different state directories share nothing. */
export interface NodePaths {
  readonly state: string;
  /** Tells that the directory is a node's, so that it may be removed. */
  readonly marker: string;
  readonly netns: string;
  readonly netnsPath: string;
  /** Below the root of every cgroup hierarchy. */
  readonly cgroup: string;
  readonly bin: string;
  readonly logs: string;
  readonly pki: string;
  readonly processes: string;
  readonly podLogs: string;
  readonly containerdState: string;
  readonly containerdSocket: string;
  readonly kubeconfig: string;
  /** Port of the relay on the host's 127.0.0.1. */
  readonly port: string;
  /** Version of the sources that the running node was started from. */
  readonly version: string;
}

/** The kubelet and containerd make sockets of up to 45 characters below it, and 107 is the kernel's limit. */
const longestState = 60;

export function nodePaths(directory: string = defaultStateDir): NodePaths {
  const state = realPath(directory);
  if (state.length > longestState) {
    throw new Error(`${state} is too long a path for the sockets of a node (${state.length} characters, at most ${longestState}): set KUBESUITE_CLUSTER_DIR.`);
  }
  const name = `kubesuite-${createHash('sha256').update(state).digest('hex').slice(0, 8)}`;
  const containerdState = join(state, 'containerd-state');
  return {
    state,
    marker: join(state, 'kubesuite-node'),
    netns: name,
    netnsPath: `/run/netns/${name}`,
    cgroup: name,
    bin: join(state, 'bin'),
    logs: join(state, 'log'),
    pki: join(state, 'pki'),
    processes: join(state, 'run'),
    podLogs: join(state, 'pod-logs'),
    containerdState,
    containerdSocket: join(state, 'containerd.sock'),
    kubeconfig: join(state, 'kubeconfig'),
    port: join(state, 'port'),
    version: join(state, 'version'),
  };
}

/** As the kernel names it in the list of mounts, whether it exists or not. */
function realPath(path: string): string {
  const absolute = resolve(path);
  if (existsSync(absolute)) return realpathSync(absolute);
  return join(realPath(dirname(absolute)), basename(absolute));
}

/** Addresses within the node's own network namespace, so that they collide with nobody's. */
export const addresses = {
  node: '172.30.0.2',
  serviceCidr: '10.96.0.0/16',
  apiService: '10.96.0.1',
  dnsService: '10.96.0.10',
  podCidr: '10.244.0.0/22',
} as const;

export const nodeName = 'node';
