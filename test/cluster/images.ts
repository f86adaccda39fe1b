import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheDir, nodePaths, type NodePaths } from './paths.ts';
import { pauseImage, writePauseImage } from './pause-image.ts';
import { run } from './shell.ts';
import { waitFor } from './wait-for.ts';

const deadlineMs = 15 * 60_000;
const digestLabel = 'kubesuite.dev/digest';

/** Buildah with a storage of its own; it needs neither a daemon nor a registry. Gives its stdout. */
export async function buildah(args: readonly string[], options: { readonly cwd?: string } = {}): Promise<string> {
  const storage = ['--root', join(cacheDir, 'buildah'), '--runroot', join(cacheDir, 'buildah-run'), '--storage-driver', 'vfs'];
  return run('buildah', [...storage, ...args], { ...options, env: { BUILDAH_ISOLATION: 'chroot', STORAGE_DRIVER: 'vfs' }, timeoutMs: deadlineMs });
}

/** Brings an image from buildah's storage into the node, unless this very image is there already. */
export async function loadImage(reference: string, paths: NodePaths = nodePaths()): Promise<void> {
  if (!existsSync(paths.containerdSocket)) throw new Error(`There is no node in ${paths.state} to load ${reference} into: start it first.`);
  const digest = (await buildah(['inspect', '--type', 'image', '--format', '{{.FromImageDigest}}', reference])).trim();
  if (await isThere(paths, reference, digestLabel, digest)) return;
  const folder = mkdtempSync(join(tmpdir(), 'kubesuite-load-'));
  try {
    const archive = join(folder, 'image.tar');
    await buildah(['push', '--quiet', '--disable-compression', reference, `oci-archive:${archive}:${reference}`]);
    await importImage(paths, archive, reference);
    await ctr(paths, ['images', 'label', reference, `${digestLabel}=${digest}`]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export async function loadPauseImage(paths: NodePaths, program: string): Promise<void> {
  const archive = join(paths.state, 'pause.tar');
  await writePauseImage(archive, program);
  await importImage(paths, archive, pauseImage);
  rmSync(archive);
}

async function importImage(paths: NodePaths, archive: string, reference: string): Promise<void> {
  await ctr(paths, ['images', 'import', archive]);
  // Until containerd's CRI side has noticed, a pod would be told that the image does not exist.
  await waitFor(`containerd to show ${reference} to the kubelet`, 30, async () => isThere(paths, reference, 'io.cri-containerd.image', 'managed'));
}

async function isThere(paths: NodePaths, reference: string, label: string, value: string): Promise<boolean> {
  const listed = await ctr(paths, ['images', 'list', '--quiet', `name==${reference},labels."${label}"==${JSON.stringify(value)}`]);
  return listed.trim() === reference;
}

async function ctr({ containerdSocket }: NodePaths, args: readonly string[]): Promise<string> {
  return run('ctr', ['--address', containerdSocket, '--namespace', 'k8s.io', ...args], { timeoutMs: deadlineMs });
}
