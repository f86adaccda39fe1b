import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { collectorScript } from '../../lib/constructs/collector-script.ts';
import { which } from '../support/which.ts';

/** The script is tested under every shell that suites' images are likely to have. */
export interface Shell {
  readonly name: string;
  readonly command: readonly string[];
  /** Folder of links to busybox, so that its applets are used and nothing else. */
  readonly applets?: boolean;
}

/** Shells that bring the same programs differ only in how they run the script. */
export function isFirstWithItsTools(shell: Shell): boolean {
  return presentShells.find(({ applets }) => applets === shell.applets) === shell;
}

const shells: readonly Shell[] = [
  { name: 'dash', command: ['dash'] },
  { name: 'bash', command: ['bash'] },
  { name: 'bash --posix', command: ['bash', '--posix'] },
  { name: 'busybox', command: ['sh'], applets: true },
];

const tools = ['sh', 'base64', 'date', 'fold', 'gzip', 'head', 'mktemp', 'sed', 'sha256sum', 'sleep', 'tar', 'tr', 'wc'];

export const presentShells: readonly Shell[] = shells.filter(({ command, applets }) => which(applets ? 'busybox' : (command[0] ?? '')) !== undefined);

/** Some builds of busybox find their applets without any PATH. */
export function canLackTools(shell: Shell): boolean {
  const busybox = which('busybox');
  return !shell.applets || busybox === undefined || spawnSync(busybox, ['sh', '-c', 'command -v tar'], { env: { PATH: '/nowhere' } }).status !== 0;
}

export interface CollectorRun {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
  readonly terminationMessage: string;
  readonly milliseconds: number;
}

export interface CollectorOptions {
  readonly maxBytes?: number;
  /** Results folder instead of the one that `fill` writes. */
  readonly folder?: string;
  readonly tmp?: string;
  readonly terminationLog?: string;
  /** Put in place of the script's own limit of the unpacked folder. */
  readonly unpackedLimit?: number;
  /** Tools that the image lacks. */
  readonly without?: readonly string[];
  readonly signals?: readonly NodeJS.Signals[];
  /** Called while the collector waits, before it is told that the suite has ended. */
  readonly meanwhile?: (results: string) => void;
}

/** Runs the collector as Kubernetes does: start, suite writes, SIGTERM. */
export async function runCollector(shell: Shell, fill: (results: string) => unknown, options: CollectorOptions = {}): Promise<CollectorRun> {
  const root = mkdtempSync(join(tmpdir(), 'collector-'));
  try {
    const results = join(root, 'results');
    const bin = join(root, 'bin');
    const tmp = join(root, 'tmp');
    const log = join(root, 'termination-log');
    for (const folder of [results, bin, tmp]) mkdirSync(folder);
    // Root reads everything, so the collector never runs as root here.
    const user = process.getuid?.() === 0 ? { uid: 1000, gid: 1000 } : {};
    if (user.uid !== undefined) for (const folder of [root, results, tmp]) chownSync(folder, user.uid, user.gid);
    linkTools(bin, shell, options.without ?? []);
    const script = join(root, 'collector.sh');
    writeFileSync(script, options.unpackedLimit === undefined ? collectorScript : withUnpackedLimit(options.unpackedLimit));
    await fill(results);
    const env = {
      PATH: bin,
      TMPDIR: options.tmp ?? tmp,
      KUBESUITE_RESULTS: options.folder ?? results,
      KUBESUITE_POD: 'p1',
      KUBESUITE_MAX_BYTES: String(options.maxBytes ?? 5 * 1024 * 1024),
      KUBESUITE_TERMINATION_LOG: options.terminationLog ?? log,
    };
    const [program = '', ...args] = shell.command;
    const child = spawn(join(bin, program), [...args, script], { env, stdio: ['ignore', 'pipe', 'pipe'], ...user });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    const closed = new Promise<number | null>((resolve) => {
      child.on('close', resolve);
    });
    await waitForSleeper(child);
    options.meanwhile?.(results);
    const startedAt = performance.now();
    for (const signal of options.signals ?? (['SIGTERM'] as const)) child.kill(signal);
    const exitCode = await closed;
    return {
      stdout: Buffer.concat(stdout).toString('latin1'),
      stderr: Buffer.concat(stderr).toString('utf8'),
      exitCode,
      terminationMessage: existsSync(log) ? readFileSync(log, 'utf8') : '',
      milliseconds: Math.round(performance.now() - startedAt),
    };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function withUnpackedLimit(bytes: number): string {
  return collectorScript.replace(/^unpacked_limit=\d+/m, `unpacked_limit=${bytes}`);
}

/** The collector has set its trap once its `sleep` runs. */
async function waitForSleeper(child: ChildProcess): Promise<void> {
  while (child.exitCode === null && !readChildren(child.pid ?? 0).some((pid) => readCommand(pid).includes('3600'))) await sleep(5);
}

function readChildren(pid: number): readonly number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

function readCommand(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function linkTools(bin: string, shell: Shell, without: readonly string[]): void {
  const busybox = which('busybox');
  for (const tool of new Set([...tools, shell.command[0] ?? 'sh'])) {
    const target = shell.applets ? busybox : which(tool);
    if (target !== undefined && !without.includes(tool)) symlinkSync(target, join(bin, tool));
  }
}
