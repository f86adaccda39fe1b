import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.ts';
import { cacheDir } from './paths.ts';
import { run, say } from './shell.ts';

export interface GoProgram {
  readonly name: string;
  /** Folder of its go.mod. */
  readonly module: string;
  /** Package to build; `.` for the module itself. */
  readonly target: string;
  readonly ldflags?: readonly string[];
  /** For the progress line: minutes on two cores with nothing cached. */
  readonly minutes: number;
}

const buildDeadlineMs = 45 * 60_000;
const progressMs = 15_000;

/** Path of the program, built once for each version of its sources and of Go. */
export async function ensureBuilt(program: GoProgram): Promise<string> {
  const path = await binaryPath(program);
  if (existsSync(path)) return path;
  await withLock(join(cacheDir, 'go-build.lock'), 'building Go programs', buildDeadlineMs / 1000, async () => {
    if (!existsSync(path)) await build(program, path);
  });
  return path;
}

async function build({ name, module, target, ldflags = [], minutes }: GoProgram, path: string): Promise<void> {
  mkdirSync(join(cacheDir, 'bin'), { recursive: true });
  const started = Date.now();
  say(`Building ${name} from Go modules (about ${minutes} min the first time, then cached in ${cacheDir}) ...`);
  const progress = setInterval(() => say(`  still building ${name}: ${Math.round((Date.now() - started) / 1000)} s`), progressMs);
  const unfinished = `${path}.${process.pid}`;
  removeUnfinished();
  try {
    const flags = ['-s', '-w', ...ldflags].join(' ');
    await run('nice', ['go', 'build', '-mod=readonly', '-trimpath', '-ldflags', flags, '-o', unfinished, target], {
      cwd: module,
      env: { CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false' },
      timeoutMs: buildDeadlineMs,
    });
    renameSync(unfinished, path);
  } finally {
    clearInterval(progress);
    rmSync(unfinished, { force: true });
  }
  say(`Built ${name} in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/** What killed builds have left; only the holder of the lock builds. */
function removeUnfinished(): void {
  const folder = join(cacheDir, 'bin');
  for (const name of readdirSync(folder)) {
    if (/\.\d+$/.test(name)) rmSync(join(folder, name));
  }
}

async function binaryPath({ name, module, target, ldflags = [] }: GoProgram): Promise<string> {
  const version = await goVersion(name, module);
  const hash = createHash('sha256').update(JSON.stringify([version, target, ldflags]));
  for (const file of readdirSync(module).toSorted()) {
    if (/\.go$|^go\.(mod|sum)$/.test(file)) hash.update(file).update(readFileSync(join(module, file)));
  }
  return join(cacheDir, 'bin', `${name}-${hash.digest('hex').slice(0, 16)}`);
}

/** From 1.21 on Go fetches the toolchain that a module wants; an older one cannot even read its go.mod. */
const oldestGo = 21;

async function goVersion(name: string, module: string): Promise<string> {
  const needed = `Building ${name} needs Go 1.26 on PATH, or Go 1.${oldestGo} and newer, which fetch it: install it (https://go.dev/dl)`;
  const version = await run('go', ['env', 'GOVERSION'], { cwd: module }).catch((error: unknown) => {
    throw new Error(`${needed}; 'go env' failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  });
  const minor = /^go1\.(\d+)/.exec(version)?.[1];
  if (minor !== undefined && Number(minor) < oldestGo) throw new Error(`${needed}; found ${version.trim()}.`);
  return version.trim();
}
