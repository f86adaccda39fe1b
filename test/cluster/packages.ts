import { run, say, succeeds } from './shell.ts';
import { withLock } from './lock.ts';
import { cacheDir } from './paths.ts';
import { join } from 'node:path';

const aptEnv = { DEBIAN_FRONTEND: 'noninteractive' };

/** Installs those of the Debian packages that are missing. */
export async function ensurePackages(names: readonly string[]): Promise<void> {
  const missing = await findMissing(names);
  if (missing.length === 0) return;
  await withLock(join(cacheDir, 'apt.lock'), 'installing Debian packages', 600, async () => {
    const still = await findMissing(missing);
    if (still.length === 0) return;
    say(`Installing Debian packages (about 30 s): ${still.join(' ')}`);
    await run('apt-get', ['update', '-qq'], { env: aptEnv, timeoutMs: 300_000 });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...still], { env: aptEnv, timeoutMs: 600_000 });
  });
}

async function findMissing(names: readonly string[]): Promise<readonly string[]> {
  if (!(await succeeds('dpkg-query', ['--version']))) {
    throw new Error(`This machine has no dpkg. The node needs Debian, with the packages: ${names.join(' ')}`);
  }
  const checks = await Promise.all(
    names.map(async (name) => {
      const status = await run('dpkg-query', ['--show', '--showformat=${db:Status-Status}', name]).catch(() => '');
      return status === 'installed' ? [] : [name];
    }),
  );
  return checks.flat();
}
