import { x } from 'tinyexec';

export interface Kubectl {
  (...args: readonly string[]): Promise<string>;
  json<T>(...args: readonly string[]): Promise<T>;
  apply(...objects: readonly object[]): Promise<void>;
  /** POSTs to a path of the API. */
  create(path: string, body: string): Promise<void>;
  /** The same outside of the namespace. */
  readonly cluster: Kubectl;
}

/** kubectl with the kubeconfig of the environment, in a namespace. */
export function createKubectl(namespace: string | undefined): Kubectl {
  const scope = namespace === undefined ? [] : ['--namespace', namespace];
  const run = async (args: readonly string[], stdin?: string): Promise<string> => {
    const output = await x('kubectl', [...scope, ...args], { timeout: 120_000, ...(stdin !== undefined && { stdin }) });
    if (output.exitCode !== 0) throw new Error(`kubectl ${args.join(' ')}: ${output.stderr}`);
    return output.stdout;
  };
  const kubectl = Object.assign(async (...args: readonly string[]) => run(args), {
    json: async <T>(...args: readonly string[]): Promise<T> => JSON.parse(await run([...args, '--output=json'])) as T,
    apply: async (...objects: readonly object[]): Promise<void> => {
      await run(['apply', '--filename=-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
    },
    create: async (path: string, body: string): Promise<void> => {
      await run(['create', `--raw=${path}`, '--filename=-'], body);
    },
  });
  return Object.assign(kubectl, { cluster: namespace === undefined ? (kubectl as Kubectl) : createKubectl(undefined) });
}
