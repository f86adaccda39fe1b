import { clusterStatus, nodePaths, startCluster, stopCluster } from './index.ts';

/** `node test/cluster/cli.ts start|stop|status|kubeconfig` */
const commands: Readonly<Record<string, () => Promise<void>>> = {
  async start() {
    const { kubeconfig, context } = await startCluster();
    console.log(`export KUBECONFIG=${kubeconfig}  # context ${context}`);
  },
  async stop() {
    await stopCluster();
    console.log('The node is stopped, and nothing of it is left.');
  },
  async status() {
    const { state, processes } = await clusterStatus();
    console.log(`The node is ${state}.`);
    for (const [name, status] of Object.entries(processes)) console.log(`  ${name.padEnd(24)} ${status}`);
    process.exitCode = state === 'running' ? 0 : 1;
  },
  async kubeconfig() {
    console.log(nodePaths().kubeconfig);
  },
};

const [name = ''] = process.argv.slice(2);
const command = commands[name];
if (command === undefined) {
  console.error(`usage: cli.ts ${Object.keys(commands).join('|')}${name && `; received '${name}'`}`);
  process.exitCode = 2;
} else {
  try {
    await command();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
