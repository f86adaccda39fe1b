import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addresses, type NodePaths } from './paths.ts';
import { pauseImage } from './pause-image.ts';
import { logTail, startInNode } from './processes.ts';
import { succeeds } from './shell.ts';
import { waitFor } from './wait-for.ts';

export async function startContainerd(paths: NodePaths): Promise<void> {
  const cni = join(paths.state, 'cni');
  mkdirSync(cni, { recursive: true });
  writeFileSync(join(cni, '10-node.conflist'), JSON.stringify(networkConfig(paths), undefined, 2));
  const config = join(paths.state, 'containerd.toml');
  writeFileSync(config, containerdConfig(paths, cni));
  startInNode(paths, 'containerd', ['containerd', '--config', config]);
  await waitFor(
    'containerd to answer',
    30,
    async () => succeeds('ctr', ['--address', paths.containerdSocket, 'version'], { timeoutMs: 5000 }),
    () => logTail(paths, 'containerd'),
  );
}

function containerdConfig({ state, containerdState, containerdSocket }: NodePaths, cni: string): string {
  return `version = 2
root = "${state}/containerd"
state = "${containerdState}"
[grpc]
  address = "${containerdSocket}"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${pauseImage}"
  # Without CAP_SYS_RESOURCE runc could not lower the score of a container.
  restrict_oom_score_adj = true
  # Unmounted with everything else below the state directory.
  netns_mounts_under_state_dir = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${cni}"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      Root = "${state}/runc"
[plugins."io.containerd.internal.v1.opt"]
  path = "${state}/opt"
`;
}

/** Point-to-point: all traffic is routed, so that the rules of NetworkPolicies always see it. */
function networkConfig({ state }: NodePaths): object {
  return {
    cniVersion: '0.4.0',
    name: 'node',
    plugins: [
      {
        type: 'ptp',
        ipMasq: false,
        ipam: { type: 'host-local', ranges: [[{ subnet: addresses.podCidr }]], routes: [{ dst: '0.0.0.0/0' }], dataDir: join(state, 'cni-ipam') },
      },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  };
}
