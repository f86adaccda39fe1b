import type { V1Pod } from '@kubernetes/client-node';
import type { Kubectl } from './kubectl.ts';
import { image } from './objects.ts';

/** Web servers on the node's own loopback, which a container runtime may ask without TLS. */
export const emptyRegistry = async (kubectl: Kubectl): Promise<void> => startRegistry(kubectl, 5404, '');
export const closedRegistry = async (kubectl: Kubectl): Promise<void> => startRegistry(kubectl, 5401, '/:user:password');

async function startRegistry(kubectl: Kubectl, port: number, rule: string): Promise<void> {
  await kubectl.apply(registry(port, rule));
  await kubectl('wait', '--for=condition=Ready', '--timeout=100s', `pod/registry-${port}`);
}

function registry(port: number, rule: string): V1Pod {
  const command = `mkdir /empty; echo '${rule}' > /httpd.conf; exec httpd -f -p 127.0.0.1:${port} -h /empty -c /httpd.conf`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `registry-${port}` },
    spec: { hostNetwork: true, terminationGracePeriodSeconds: 0, containers: [{ name: 'http', image, imagePullPolicy: 'Never', command: ['/bin/sh', '-c', command] }] },
  };
}
