import { once } from 'node:events';
import { x } from 'tinyexec';
import { nodePaths } from '../cluster/index.ts';
import { ChildProcesses } from './child-processes.ts';

/** Accepts TCP, and as a name server that knows no name UDP, at each address that is given as an argument. */
const program = `
const [{ once }, dgram, net] = [require('node:events'), require('node:dgram'), require('node:net')];
const started = process.argv.slice(1).map(async (target) => {
  const [host, port] = target.split(' ');
  const tcp = net.createServer((socket) => socket.on('error', () => {}).end()).listen(Number(port), host);
  const udp = dgram.createSocket('udp4').bind(Number(port), host);
  udp.on('message', (query, { port: to, address }) => {
    // The bit of an answer, and the code of an unknown name.
    query.writeUInt16BE(0x8183, 2);
    udp.send(query, to, address);
  });
  await Promise.all([once(tcp, 'listening'), once(udp, 'listening')]);
});
Promise.all(started).then(() => console.log('ready'));
`;

/**
 * Servers outside of the cluster, as pods see it: at addresses that the node gets.
 * @param targets - such as `192.0.2.7 443`; nothing leaves the network namespace of the node
 * @returns what ends them and takes the addresses away
 */
export async function startOutside(targets: readonly string[]): Promise<() => Promise<void>> {
  const { netns, netnsPath } = nodePaths();
  const addresses = [...new Set(targets.map((target) => target.split(' ')[0] ?? ''))];
  const change = async (action: 'replace' | 'del'): Promise<void> => {
    for (const address of addresses) await x('ip', ['-n', netns, 'address', action, `${address}/32`, 'dev', 'lo']);
  };
  const children = new ChildProcesses();
  await change('replace');
  // A test run that is killed takes them along.
  const child = children.spawn('setpriv', ['--pdeathsig', 'KILL', 'nsenter', `--net=${netnsPath}`, process.execPath, '--eval', program, ...targets], {});
  const isUp = child.process?.stdout ? once(child.process.stdout, 'data').then(() => true) : false;
  if (!(await Promise.race([isUp, child.then(() => false)]))) throw new Error(`The servers did not start: ${(await child).stderr}`);
  return async () => {
    await children.killAll();
    await change('del');
  };
}
