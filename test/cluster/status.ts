import { existsSync, readFileSync } from 'node:fs';
import { NodeApi } from './api.ts';
import { nodeName, nodePaths, type NodePaths } from './paths.ts';
import { isAlive } from './process-identity.ts';
import { endedProcesses, recordedProcesses } from './processes.ts';
import { sourceVersion } from './source-version.ts';
import { waitFor } from './wait-for.ts';

export interface ClusterStatus {
  /** `outdated`: started from other sources. `broken`: not all of it runs or answers. */
  readonly state: 'stopped' | 'running' | 'broken' | 'outdated';
  readonly processes: Readonly<Record<string, 'running' | 'ended'>>;
}

const processCount = 9;

export async function clusterStatus(paths: NodePaths = nodePaths()): Promise<ClusterStatus> {
  const recorded = [...recordedProcesses(paths)];
  const processes = Object.fromEntries(recorded.map(([name, identity]) => [name, isAlive(identity) ? 'running' : 'ended'] as const));
  if (recorded.length === 0) return { state: 'stopped', processes };
  const version = existsSync(paths.version) ? readFileSync(paths.version, 'utf8') : undefined;
  const allRun = recorded.length === processCount && Object.values(processes).every((process) => process === 'running');
  if (version === undefined || !allRun) return { state: 'broken', processes };
  if (version !== sourceVersion()) return { state: 'outdated', processes };
  return { state: (await answersInTime(paths)) ? 'running' : 'broken', processes };
}

/** With patience: somebody's running tests would be the price of taking a busy node for a broken one. */
async function answersInTime(paths: NodePaths): Promise<boolean> {
  const api = new NodeApi(paths);
  const ask = async (): Promise<boolean> => {
    const [ended] = endedProcesses(paths);
    if (ended !== undefined) throw new Error(`${ended} has ended.`);
    return isNodeReady(api);
  };
  return waitFor('the node to be Ready', 20, ask).then(
    () => true,
    () => false,
  );
}

export async function isNodeReady(api: NodeApi): Promise<boolean> {
  const status = await api.status<{ conditions?: { type: string; status: string }[] }>(`/api/v1/nodes/${nodeName}`);
  return status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false;
}
