import { existsSync } from 'node:fs';
import { addresses, type NodePaths } from './paths.ts';
import { run, succeeds } from './shell.ts';

/**
 * A network namespace with a veth pair whose both ends are in it: the node gets an address and a
 * default route, and no packet can leave.
 */
export async function createNetwork({ netns, netnsPath }: NodePaths): Promise<void> {
  const ip = async (...args: string[]): Promise<string> => run('ip', ['-n', netns, ...args]);
  await run('ip', ['netns', 'add', netns]);
  await ip('link', 'set', 'lo', 'up');
  await ip('link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'eth0-peer');
  await ip('link', 'set', 'eth0-peer', 'up');
  await ip('addr', 'add', `${addresses.node}/24`, 'dev', 'eth0');
  await ip('link', 'set', 'eth0', 'up');
  await ip('route', 'add', 'default', 'dev', 'eth0');
  await run('nsenter', [`--net=${netnsPath}`, 'sysctl', '-qw', 'net.ipv4.ip_forward=1', 'net.ipv4.conf.all.route_localnet=1']);
}

export async function removeNetwork({ netns, netnsPath }: NodePaths): Promise<void> {
  if (!existsSync(netnsPath)) return;
  // A namespace file that is no mount any more (after a reboot) is refused by `ip netns del`.
  if (!(await succeeds('ip', ['netns', 'del', netns]))) await run('rm', ['-f', netnsPath]);
}
