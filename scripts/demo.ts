import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { connectDemoCluster, type DemoCluster } from './demo-cluster.ts';
import { deployDemo } from './demo-deploy.ts';
import { demoHelm } from './demo-helm.ts';
import { chooseImageTool } from './demo-image-tool.ts';
import { buildDemoImages } from './demo-images.ts';
import { loadIntoCluster } from './demo-load.ts';
import { note, seconds, step } from './demo-steps.ts';

const usage = `npm run demo -- [options] [suite…] [-- options of 'kubesuite run']

Runs the suites of suites.config.ts against a small shop, in a cluster on this machine.

  --context <name>      use this context
  --kubeconfig <path>   use this kubeconfig (default: $KUBECONFIG, then ~/.kube/config)
  --embedded            use the one-node Kubernetes of this repository
  --yes                 do not ask before using a cluster that is not known to be local
  --help
`;

const { values: options, positionals: runArgs } = parseArgs({
  allowPositionals: true,
  options: {
    context: { type: 'string' },
    kubeconfig: { type: 'string' },
    embedded: { type: 'boolean', default: false },
    yes: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (options.help) console.log(usage);
else process.exitCode = await demo().catch(explain);

function explain(error: unknown): number {
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  return 1;
}

async function demo(): Promise<number> {
  const started = performance.now();
  const cluster = await connectDemoCluster({ ...options, context: options.context, kubeconfig: options.kubeconfig });
  if (cluster === undefined) return 2;
  const tool = await chooseImageTool(cluster.provider);
  const images = await buildDemoImages(tool);
  for (const { reference, fresh } of [images.app, images.tests]) {
    await loadIntoCluster(cluster, tool, reference, fresh);
  }
  await step('deploying the shop into the namespace shop-demo (about 10 s)', () => deployDemo(cluster.config, images.app.reference));
  const helm = await demoHelm();
  note(`ready to run the suites after ${seconds(performance.now() - started)}`);
  return runSuites(cluster, helm);
}

async function runSuites(cluster: DemoCluster, helm: string): Promise<number> {
  const cli = fileURLToPath(new URL('../bin/kubesuite.js', import.meta.url));
  const args = ['run', '--namespace', 'shop-tests', ...cluster.cliArgs, ...runArgs];
  console.log(`• kubesuite ${args.join(' ')}\n`);
  const child = spawn(process.execPath, [cli, ...args], {
    stdio: 'inherit',
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, KUBESUITE_HELM: helm },
  });
  // The terminal sends Ctrl+C to both; the suites are cleaned up by the child.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 130;
}
