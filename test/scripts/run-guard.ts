import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guardScript } from '../../lib/constructs/guard-script.ts';
import { which } from '../support/which.ts';

export interface GuardRun {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
  readonly terminationMessage: string;
  readonly milliseconds: number;
}

export interface GuardOptions {
  readonly uses?: string;
  readonly denies?: string;
  readonly canaries?: string;
  /** Whether the chart has NetworkPolicies. */
  readonly policies?: boolean;
  readonly seconds?: number;
  /** Programs that the image has, beside `date`, `sleep` and `true`. */
  readonly programs?: readonly string[];
  /** Programs of the image that are scripts of the test. */
  readonly scripts?: Readonly<Record<string, string>>;
  readonly resolvConf?: string;
}

/** Shells that suites' images are likely to have. */
export const presentShells: readonly string[] = ['dash', 'bash', 'busybox'].filter((shell) => which(shell) !== undefined);

/** Runs the guard in an image that has these programs only; `busybox-nc` is the nc of busybox. */
export async function runGuard(shell: string, { uses = '', denies = '', canaries = '', policies = false, seconds = 1, programs = ['bash', 'timeout'], scripts = {}, resolvConf = '' }: GuardOptions): Promise<GuardRun> {
  const root = mkdtempSync(join(tmpdir(), 'guard-'));
  try {
    const bin = join(root, 'bin');
    mkdirSync(bin);
    for (const program of ['date', 'sleep', 'true', ...programs]) {
      const target = which(program === 'busybox-nc' ? 'busybox' : program);
      if (target !== undefined) symlinkSync(target, join(bin, program === 'busybox-nc' ? 'nc' : program));
    }
    for (const [name, text] of Object.entries(scripts)) writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    const log = join(root, 'log');
    writeFileSync(join(root, 'guard.sh'), guardScript);
    if (policies) writeFileSync(join(root, 'policies'), 'enabled');
    writeFileSync(join(root, 'resolv.conf'), resolvConf);
    const env = {
      PATH: bin,
      KUBESUITE_USES: uses,
      KUBESUITE_DENIES: denies,
      KUBESUITE_CANARIES: canaries,
      KUBESUITE_GUARD_SECONDS: String(seconds),
      KUBESUITE_TERMINATION_LOG: log,
      KUBESUITE_RESOLV_CONF: join(root, 'resolv.conf'),
    };
    const startedAt = performance.now();
    const child = spawn(which(shell) ?? shell, [...(shell === 'busybox' ? ['sh'] : []), join(root, 'guard.sh')], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    const exitCode = await new Promise<number | null>((resolve) => {
      child.on('close', resolve);
    });
    return {
      stdout: Buffer.concat(stdout).toString(),
      stderr: Buffer.concat(stderr).toString(),
      exitCode,
      terminationMessage: existsSync(log) ? readFileSync(log, 'utf8') : '',
      milliseconds: performance.now() - startedAt,
    };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
