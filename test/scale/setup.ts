import { join } from 'node:path';
import { startCluster, stopCluster } from '../cluster/index.ts';
import { cacheDir, nodePaths } from '../cluster/paths.ts';
import { ensureHelm } from '../tools/helm.ts';
import { addFakeNodes } from './fake-nodes.ts';

/** The shared node would be slow for everybody while thousands of Jobs come and go. */
const paths = nodePaths(join(cacheDir, 'scale'));

const tap = ['TAP version 13', '1..1', 'ok 1 - works'].join('\n');

/** A node of its own, with fake ones beside it; nothing of it is left afterwards. */
export async function setup(): Promise<() => Promise<void>> {
  await stopCluster(paths);
  process.env['KUBESUITE_TEST_HELM3'] = await ensureHelm(3);
  process.env['KUBESUITE_TEST_HELM4'] = await ensureHelm(4);
  const { kubeconfig, bin } = await startCluster(paths);
  process.env['PATH'] = `${bin}:${process.env['PATH'] ?? ''}`;
  process.env['KUBESUITE_TEST_KUBECONFIG'] = kubeconfig;
  try {
    await addFakeNodes(paths, tap);
  } catch (error) {
    await stopCluster(paths);
    throw error;
  }
  return async () => stopCluster(paths);
}
