import { join } from 'node:path';
import { x } from 'tinyexec';
import { withLock } from './lock.ts';
import { cacheDir } from './paths.ts';
import { run, say } from './shell.ts';

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
  // It fails when it knows nothing of a package, and lists the others nevertheless.
  const { stdout } = await x('dpkg-query', ['--show', '--showformat=${Package} ${db:Status-Status}\n', ...names]).then(
    (output) => output,
    () => {
      throw new Error(`This machine has no dpkg. The node needs Debian or Ubuntu, with the packages: ${names.join(' ')}`);
    },
  );
  const lines = new Set(stdout.split('\n'));
  return names.filter((name) => !lines.has(`${name} installed`));
}
