import { createHash } from 'node:crypto';
import { access, glob, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir } from './cache.ts';
import { command } from './command.ts';
import { withLock } from './lock.ts';
import { withProgress } from './progress.ts';

export interface GoProgram {
  readonly name: string;
  /** Folder of go.mod. */
  readonly module: string;
  /** What `go build` is given, seen from the module. */
  readonly package: string;
  /** Values of string variables, as for the linker's -X. */
  readonly variables?: Readonly<Record<string, string>>;
  /** How long a build takes on two cores when nothing is cached. */
  readonly about: string;
}

const buildTimeoutMs = 45 * 60_000;

/** Path of the program's binary, built unless this machine has it from the same sources and the same Go. */
export async function goBuild(program: GoProgram): Promise<string> {
  const binary = cacheDir('bin', `${program.name}-${await sourceHash(program)}`);
  if (await exists(binary)) return binary;
  return withLock(binary, `building ${program.name}`, buildTimeoutMs, async () => {
    if (!(await exists(binary))) {
      await withProgress(`building ${program.name} from source`, program.about, () => build(program, binary));
    }
    return binary;
  });
}

async function build(program: GoProgram, binary: string): Promise<void> {
  await mkdir(cacheDir('bin'), { recursive: true });
  // Renamed when complete: a build that is cut off leaves no half binary under the final name.
  const unfinished = `${binary}.${process.pid}.tmp`;
  const args = ['build', '-trimpath', '-ldflags', linkerFlags(program), '-o', unfinished, program.package];
  try {
    // A workspace or flags of the user would change what is built.
    const env = { CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '-mod=readonly -buildvcs=false' };
    await command('go', args, { cwd: program.module, env, timeoutMs: buildTimeoutMs });
    await rename(unfinished, binary);
  } finally {
    await rm(unfinished, { force: true });
  }
}

function linkerFlags({ variables = {} }: GoProgram): string {
  return ['-s -w', ...Object.entries(variables).map(([name, value]) => `-X ${name}=${value}`)].join(' ');
}

async function sourceHash(program: GoProgram): Promise<string> {
  const hash = createHash('sha256').update(`${await goVersion(program.module)} ${program.package} ${linkerFlags(program)}`);
  for (const file of await sourceFiles(program.module)) {
    hash.update(`\0${file}\0`).update(await readFile(join(program.module, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

async function sourceFiles(module: string): Promise<string[]> {
  return (await Array.fromAsync(glob(['**/*.go', 'go.mod', 'go.sum'], { cwd: module }))).toSorted();
}

async function goVersion(module: string): Promise<string> {
  try {
    const { stdout } = await command('go', ['env', 'GOVERSION', 'GOOS', 'GOARCH'], { cwd: module, env: { GOWORK: 'off' } });
    return stdout.trim();
  } catch (error) {
    throw new Error('Go 1.26 or newer is needed to build the test tools: https://go.dev/dl/', { cause: error });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
