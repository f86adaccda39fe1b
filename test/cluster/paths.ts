import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Everything that is built or downloaded lives here, outside of any checkout. */
export const cacheDir = resolve(process.env['KUBESUITE_CACHE'] ?? join(homedir(), '.cache', 'kubesuite'));

export const defaultStateDir = resolve(process.env['KUBESUITE_CLUSTER_DIR'] ?? join(cacheDir, 'cluster'));

/** Where a node keeps what. Two nodes with different state directories share nothing. */
export interface NodePaths {
  readonly state: string;
  /** Short and unique, for names outside of the state directory. */
  readonly id: string;
  readonly netns: string;
  readonly netnsPath: string;
  /** Below the root of every cgroup hierarchy. */
  readonly cgroup: string;
  readonly bin: string;
  readonly logs: string;
  readonly pki: string;
  readonly processes: string;
  readonly podLogs: string;
  readonly containerdSocket: string;
  readonly kubeconfig: string;
  /** Version of the sources that the running node was started from. */
  readonly version: string;
}

export function nodePaths(state: string = defaultStateDir): NodePaths {
  const id = createHash('sha256').update(state).digest('hex').slice(0, 8);
  const netns = `kubesuite-${id}`;
  return {
    state,
    id,
    netns,
    netnsPath: `/var/run/netns/${netns}`,
    cgroup: `kubesuite-${id}`,
    bin: join(state, 'bin'),
    logs: join(state, 'log'),
    pki: join(state, 'pki'),
    processes: join(state, 'run'),
    podLogs: join(state, 'pod-logs'),
    containerdSocket: join(state, 'containerd.sock'),
    kubeconfig: join(state, 'kubeconfig'),
    version: join(state, 'version'),
  };
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
