import { buildah, ensurePackages, loadImage, startCluster } from '../cluster/index.ts';
import { ensureHelm } from '../tools/helm.ts';
import { suiteImage } from './suite-image.ts';

/** The node is started once for the whole run and left running for the next one. */
export async function setup(): Promise<void> {
  const { kubeconfig, bin } = await startCluster();
  process.env['PATH'] = `${bin}:${process.env['PATH'] ?? ''}`;
  process.env['KUBESUITE_TEST_KUBECONFIG'] = kubeconfig;
  process.env['KUBESUITE_TEST_HELM3'] = await ensureHelm(3);
  process.env['KUBESUITE_TEST_HELM4'] = await ensureHelm(4);
  await ensurePackages(['busybox-static']);
  await suiteImage.build(buildah);
  await loadImage(suiteImage.ref);
}
