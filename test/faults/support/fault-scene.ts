import { randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { x } from 'tinyexec';
import type { RunEvent } from '../../../lib/run/events.ts';
import type { NodePaths } from '../../cluster/index.ts';
import { writeConfig } from '../../e2e/fixtures/suites.ts';
import { ChildProcesses } from '../../support/child-processes.ts';
import { readEvents, readReport } from '../../support/run-report.ts';
import type { Outcome } from '../fault.ts';
import { FaultProxy } from './fault-proxy.ts';

export type Cli = ReturnType<typeof x>;

export interface StartOptions {
  /** @default the scene's own */
  readonly folder?: string;
  /** @default that of the node */
  readonly kubeconfig?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface SceneProps {
  readonly namespace: string;
  /** An empty folder of its own. */
  readonly folder: string;
  readonly kubeconfig: string;
  readonly helm: string;
  /** Set when the whole node is the test's own. */
  readonly node: NodePaths | undefined;
}

const pollMs = 30;
const patienceMs = 120_000;
const cliPath = resolve(import.meta.dirname, '../../../bin/kubesuite.js');

/** A namespace in which suites run, and what can be done to them. */
export class FaultScene {
  readonly namespace: string;
  readonly folder: string;
  readonly kubeconfig: string;
  readonly helm: string;
  readonly #node: NodePaths | undefined;
  readonly #children = new ChildProcesses();
  readonly #proxies: FaultProxy[] = [];

  constructor({ namespace, folder, kubeconfig, helm, node }: SceneProps) {
    this.namespace = namespace;
    this.folder = folder;
    this.kubeconfig = kubeconfig;
    this.helm = helm;
    this.#node = node;
  }

  get node(): NodePaths {
    if (this.#node === undefined) throw new Error('The node is shared: this fault needs one of its own.');
    return this.#node;
  }

  async suites(suites: Readonly<Record<string, object>>, over: object = {}): Promise<void> {
    await writeConfig(this.folder, suites, over);
  }

  /** Starts the CLI in a process group of its own, so that Helm can be killed with it. */
  start(command: string, args: readonly string[] = [], { folder = this.folder, kubeconfig = this.kubeconfig, env = {} }: StartOptions = {}): Cli {
    return this.#children.spawn(process.execPath, [cliPath, command, ...args, '--namespace', this.namespace], {
      timeout: 560_000,
      nodeOptions: { cwd: folder, detached: true, env: { ...process.env, KUBECONFIG: kubeconfig, KUBESUITE_HELM: this.helm, NO_COLOR: '1', CI: 'true', ...env } },
    });
  }

  async kubectl(...args: readonly string[]): Promise<string> {
    const { stdout, stderr, exitCode } = await x('kubectl', ['--namespace', this.namespace, ...args], { timeout: 60_000, nodeOptions: { env: { ...process.env, KUBECONFIG: this.kubeconfig } } });
    if (exitCode !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
    return stdout;
  }

  /** Sends an object to a path of the API. */
  async post(path: string, object: object): Promise<void> {
    const file = join(this.folder, `${randomUUID()}.json`);
    await writeFile(file, JSON.stringify(object));
    await this.kubectl('create', '--raw', path, '--filename', file);
  }

  /** A proxy in front of the API server, and the path of a kubeconfig that points to it. */
  async proxy(): Promise<{ readonly proxy: FaultProxy; readonly kubeconfig: string }> {
    const proxy = await FaultProxy.start(this.kubeconfig);
    this.#proxies.push(proxy);
    const kubeconfig = join(this.folder, 'proxy.kubeconfig');
    await writeFile(kubeconfig, proxy.kubeconfig);
    return { proxy, kubeconfig };
  }

  /** Waits until the CLI has observed such an event, and gives it. */
  async seen<T extends RunEvent>(isIt: (event: RunEvent) => event is T, folder = this.folder): Promise<T> {
    return this.until('an event', async () => {
      const [run] = await readdir(join(folder, '.kubesuite', 'runs')).catch(() => []);
      if (run === undefined) return undefined;
      const events = await readEvents(join(folder, '.kubesuite', 'runs', run)).catch(() => []);
      return events.find((event) => isIt(event)) as T | undefined;
    });
  }

  async until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
    const until = Date.now() + patienceMs;
    for (;;) {
      const answer = await ask();
      if (answer !== undefined) return answer;
      if (Date.now() > until) throw new Error(`Waited ${patienceMs / 1000} s in vain for ${what}.`);
      await setTimeout(pollMs);
    }
  }

  /** What the CLI's report says once it has ended. */
  async outcome(cli: Cli, folder = this.folder): Promise<Outcome> {
    const { exitCode } = await cli;
    const report = await readReport(folder).then(
      (read) => read.report,
      () => undefined,
    );
    const verdicts = Object.fromEntries((report?.suites ?? []).map(({ key, verdict, cause }) => [key, cause === undefined ? verdict : `${verdict}: ${cause}`]));
    return { verdicts, exitCode };
  }

  async reportBytes(folder = this.folder): Promise<string> {
    const { root } = await readReport(folder);
    return readFile(join(root, 'report.json'), 'utf8');
  }

  async dispose(): Promise<void> {
    for (const proxy of this.#proxies) proxy.close();
    await this.#children.killAll();
  }
}
