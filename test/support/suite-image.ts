import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A static busybox and nothing else: enough for suites that are shell one-liners, and for the collector. */
const containerfile = `FROM scratch
COPY busybox /bin/busybox
RUN ["/bin/busybox", "--install", "/bin"]
`;

export const suiteImage = {
  ref: 'localhost/kubesuite-e2e:1',

  async build(buildah: (args: string[], options?: { cwd?: string }) => Promise<unknown>): Promise<void> {
    const context = await mkdtemp(join(tmpdir(), 'kubesuite-image-'));
    try {
      await cp('/bin/busybox', join(context, 'busybox'));
      await writeFile(join(context, 'Containerfile'), containerfile);
      await buildah(['build', '--quiet', '--timestamp', '0', '--layers', '--tag', suiteImage.ref, context]);
    } finally {
      await rm(context, { recursive: true });
    }
  },
};
