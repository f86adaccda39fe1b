import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import type { LocalProvider } from '../lib/cli/local-context.ts';
import { loadImage } from '../test/cluster/index.ts';
import { type ImageTool, run } from './demo-image-tool.ts';
import { note, step } from './demo-steps.ts';

export interface LoadTarget {
  readonly config: KubeConfig;
  readonly context: string;
  /** Undefined: not a known local cluster. */
  readonly provider: LocalProvider | undefined;
}

/** Brings an image onto the cluster's nodes, unless all of them have it. */
export async function loadIntoCluster(target: LoadTarget, tool: ImageTool, reference: string, fresh: boolean): Promise<void> {
  if (!fresh && (await isOnEveryNode(target.config, reference))) {
    note(`${reference} is in the cluster`);
    return;
  }
  await step(`loading ${reference} into ${target.context} (about 10 s)`, () => load(target, tool, reference));
}

/** Kubelets list their 50 largest images; one that is missing there is loaded again, which does no harm. */
async function isOnEveryNode(config: KubeConfig, reference: string): Promise<boolean> {
  const { items } = await config.makeApiClient(CoreV1Api).listNode();
  return items.every(({ status }) => status?.images?.some(({ names }) => names?.includes(reference)) ?? false);
}

async function load({ context, provider }: LoadTarget, tool: ImageTool, reference: string): Promise<void> {
  if (provider === 'kubesuite') return loadImage(reference);
  if (provider === 'docker-desktop' && tool.name === 'docker') return;

  const folder = await mkdtemp(join(tmpdir(), 'kubesuite-image-'));
  const archive = join(folder, 'image.tar');
  await tool.save(reference, archive);
  if (provider === undefined) {
    throw new Error(
      `It is not known how to load images into ${context}. Load ${archive} onto its nodes ` +
        `(for example: ctr --namespace k8s.io images import ${archive}), then run the demo again.`,
    );
  }
  try {
    const [command, ...args] = loadCommand(provider, context, archive);
    await run(command, args);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function loadCommand(provider: Exclude<LocalProvider, 'kubesuite'>, context: string, archive: string): [string, ...string[]] {
  switch (provider) {
    case 'kind':
      return ['kind', 'load', 'image-archive', archive, '--name', context.slice('kind-'.length)];
    case 'k3d':
      return ['k3d', 'image', 'import', archive, '--cluster', context.slice('k3d-'.length)];
    case 'minikube':
      return ['minikube', 'image', 'load', archive];
    case 'docker-desktop':
      return ['docker', 'load', '--input', archive];
    case 'rancher-desktop':
      return ['nerdctl', '--namespace', 'k8s.io', 'load', '--input', archive];
  }
}
