import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { kubeconfig, type Workspace } from './e2e.ts';

/** A kubeconfig of a user with these rights in the namespace and none elsewhere. */
export async function userWith({ namespace, folder, kubectl }: Workspace, resources: string, verbs = '*'): Promise<string> {
  await kubectl('create', 'serviceaccount', 'tester');
  await kubectl('create', 'role', 'tester', `--verb=${verbs}`, `--resource=${resources}`);
  await kubectl('create', 'rolebinding', 'tester', '--role=tester', `--serviceaccount=${namespace}:tester`);
  const token = (await kubectl('create', 'token', 'tester')).trim();
  const config = parse(await readFile(kubeconfig(), 'utf8')) as { users: { user: object }[] };
  for (const entry of config.users) entry.user = { token };
  const path = join(folder, 'kubeconfig.yaml');
  await writeFile(path, stringify(config));
  return path;
}
