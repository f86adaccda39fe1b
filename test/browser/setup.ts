import { ensurePackages } from '../cluster/index.ts';

export async function setup(): Promise<void> {
  await ensurePackages(['chromium']);
}
