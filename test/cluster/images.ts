import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pauseImage } from './containerd.ts';
import { cacheDir, nodePaths, type NodePaths } from './paths.ts';
import { run } from './shell.ts';

export const corednsImage = 'localhost/kubesuite-node-coredns:1';

const buildDeadlineMs = 15 * 60_000;

/** Buildah with a storage of its own; it needs neither a daemon nor a registry. */
export async function buildah(args: readonly string[], options: { readonly cwd?: string } = {}): Promise<string> {
  const storage = ['--root', join(cacheDir, 'buildah'), '--runroot', join(cacheDir, 'buildah-run'), '--storage-driver', 'vfs'];
  return run('buildah', [...storage, ...args], { ...options, env: { BUILDAH_ISOLATION: 'chroot', STORAGE_DRIVER: 'vfs' }, timeoutMs: buildDeadlineMs });
}

/** Brings an image from buildah's storage into the node, unless this very image is there already. */
export async function loadImage(reference: string, paths: NodePaths = nodePaths()): Promise<void> {
  const id = (await buildah(['inspect', '--type', 'image', '--format', '{{.FromImageDigest}}', reference])).trim();
  const folder = mkdtempSync(join(tmpdir(), 'kubesuite-load-'));
  try {
    const label = `kubesuite.dev/digest=${id}`;
    const loaded = await ctr(paths, ['images', 'list', '--quiet', `labels."kubesuite.dev/digest"==${id}`]);
    if (loaded.split('\n').includes(reference)) return;
    const archive = join(folder, 'image.tar');
    await buildah(['push', '--quiet', reference, `oci-archive:${archive}:${reference}`]);
    await ctr(paths, ['images', 'import', archive]);
    await ctr(paths, ['images', 'label', reference, label]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The two images that the node itself needs. */
export async function loadNodeImages(paths: NodePaths, programs: { readonly kube: string; readonly pause: string }): Promise<void> {
  for (const [reference, name, program] of [
    [pauseImage, 'pause', programs.pause],
    [corednsImage, 'coredns', programs.kube],
  ] as const) {
    await buildFromBinary(reference, name, program);
    await loadImage(reference, paths);
  }
}

async function buildFromBinary(reference: string, name: string, binary: string): Promise<void> {
  const context = mkdtempSync(join(tmpdir(), 'kubesuite-image-'));
  try {
    copyFileSync(binary, join(context, name));
    writeFileSync(join(context, 'Containerfile'), `FROM scratch\nCOPY ${name} /${name}\nENTRYPOINT ["/${name}"]\n`);
    await buildah(['build', '--quiet', '--layers', '--timestamp', '0', '--tag', reference, context]);
  } finally {
    rmSync(context, { recursive: true });
  }
}

async function ctr({ containerdSocket }: NodePaths, args: readonly string[]): Promise<string> {
  return run('ctr', ['--address', containerdSocket, '--namespace', 'k8s.io', ...args], { timeoutMs: buildDeadlineMs });
}
