import { x } from 'tinyexec';
import { isSupportedHelm } from '../lib/adapters/helm-version.ts';
import { ensureHelm } from '../test/tools/helm.ts';
import { step } from './demo-steps.ts';

/** Path of a Helm that kubesuite supports: the user's, or else one that is built from source. */
export async function demoHelm(): Promise<string> {
  const chosen = process.env['KUBESUITE_HELM'];
  if (chosen !== undefined) return chosen;
  if (await isSupported('helm')) return 'helm';
  return step('getting Helm 4 (the first time it is built from source, about 2 min)', () => ensureHelm(4));
}

async function isSupported(helm: string): Promise<boolean> {
  try {
    const { stdout, exitCode } = await x(helm, ['version', '--template', '{{.Version}}']);
    return exitCode === 0 && isSupportedHelm(stdout);
  } catch {
    return false;
  }
}
