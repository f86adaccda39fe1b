import type { V1ObjectMeta } from '@kubernetes/client-node';
import { suiteContractSchema, suiteKey } from '../config/contract.ts';
import { annotations, foreignLabels } from '../constructs/labels.ts';
import { KubesuiteError } from '../errors.ts';
import type { PlannedSuite } from './events.ts';
import { sanitizeLine } from './results/sanitize.ts';

const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Anybody with rights in the namespace can write the list of Jobs. */
export function requireJobName(name: string): string {
  if (dnsLabel.test(name)) return name;
  throw new KubesuiteError('CONTRACT_INVALID', `The release lists a Job with an impossible name: received '${sanitizeLine(name, 80)}'.`);
}

/** Key and contract of a Job, from its annotation. `where` names the object. */
export function readContract(where: string, metadata: V1ObjectMeta | undefined): Pick<PlannedSuite, 'key' | 'contract'> {
  const text = metadata?.annotations?.[annotations.contract] ?? '';
  const parsed = suiteContractSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new KubesuiteError('CONTRACT_INVALID', `${where} has no readable annotation ${annotations.contract}: received '${sanitizeLine(text, 80)}'.`, {
      hint: 'its chart was made by another version of kubesuite; synthesize it again, or wait with that version',
    });
  }
  return { key: suiteKey(parsed.data), contract: parsed.data };
}

/** Whether it goes through a queue of Kueue. */
export function isQueued({ metadata }: { readonly metadata?: V1ObjectMeta }): boolean {
  return metadata?.labels?.[foreignLabels.queue] !== undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
