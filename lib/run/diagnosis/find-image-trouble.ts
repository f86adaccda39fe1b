import type { ContainerSnapshot } from '../observed.ts';
import { containerEvidence } from './evidence.ts';
import { hopelessSeconds, refusalSeconds, type Finding } from './finding.ts';

const pullReasons: ReadonlySet<string> = new Set(['ErrImagePull', 'ImagePullBackOff', 'ErrImageNeverPull', 'RegistryUnavailable', 'ImageInspectError', 'InvalidImageName']);

interface Kind {
  readonly pattern: RegExp;
  readonly sentence: string;
  readonly graceSeconds?: number;
}

/** The first that matches counts; registries say `denied` also of an image that they do not have. */
const kinds: readonly Kind[] = [
  { pattern: /^InvalidImageName/, sentence: 'The name of the image is invalid', graceSeconds: 0 },
  { pattern: /^ErrImageNeverPull/, sentence: 'The image is not on the node, and is never pulled', graceSeconds: hopelessSeconds },
  { pattern: /unauthorized|authentication required|authorization failed|access denied|denied:|\b40[13]\b/i, sentence: 'The registry does not let the node have the image', graceSeconds: refusalSeconds },
  { pattern: /not found|manifest unknown|\b404\b/i, sentence: 'The registry does not have the image', graceSeconds: refusalSeconds },
  { pattern: /(?:)/, sentence: 'The image cannot be pulled' },
];

/** While a container waits for an image. `told` is what Events say of it: older kubelets only back off. */
export function findImageTrouble(name: string, container: ContainerSnapshot, told: string): Finding | undefined {
  const { reason, message } = container;
  if (!pullReasons.has(reason)) return undefined;
  const text = `${reason}: ${message}\n${told}`;
  const kind = kinds.find(({ pattern }) => pattern.test(text));
  return {
    cause: 'image-pull',
    message: `${kind?.sentence ?? ''}: ${message || reason}`,
    ...(kind?.graceSeconds !== undefined && { graceSeconds: kind.graceSeconds }),
    evidence: [containerEvidence(name, container)],
  };
}
