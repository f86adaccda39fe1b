import { startCluster } from '../cluster/index.ts';

/** The node is started once for the whole run and left running for the next one. */
export default async function setup(): Promise<void> {
  const { kubeconfig } = await startCluster();
  process.env['KUBESUITE_TEST_KUBECONFIG'] = kubeconfig;
}
