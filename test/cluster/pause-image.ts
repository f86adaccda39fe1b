import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';

/** Every pod's first container, and the empty root that CoreDNS is mounted into. */
export const pauseImage = 'localhost/kubesuite-node-pause:1';

/** Writes an image of one static program as a docker-archive, which takes no tool and no time. */
export async function writePauseImage(file: string, program: string): Promise<void> {
  const layer = await tar({ pause: readFileSync(program) });
  const config = JSON.stringify({
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    config: { Entrypoint: ['/pause'] },
    rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(layer)}`] },
    history: [],
  });
  const configName = `${sha256(config)}.json`;
  const manifest = JSON.stringify([{ Config: configName, RepoTags: [pauseImage], Layers: ['layer.tar'] }]);
  await writeFile(file, await tar({ 'manifest.json': manifest, [configName]: config, 'layer.tar': layer }));
}

async function tar(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) archive.entry({ name, mode: 0o755, mtime: new Date(0) }, content);
  archive.finalize();
  return buffer(archive);
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
