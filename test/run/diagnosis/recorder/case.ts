import type { V1Job, V1Pod } from '@kubernetes/client-node';
import type { Kubectl } from './kubectl.ts';
import type { Predicate } from './recording.ts';

export interface Case {
  readonly job: V1Job;
  /** Whether it touches what other cases share: those run one after the other. */
  readonly exclusive?: boolean;
  /** What must be there before the Job. */
  readonly before?: (kubectl: Kubectl, namespace: string) => Promise<void>;
  /** When that happens which `act` does; @default once the suite runs */
  readonly actWhen?: Predicate;
  /** What happens to the suite. */
  readonly act?: (kubectl: Kubectl, pod: V1Pod, namespace: string) => Promise<void>;
  /** When there is enough to see. */
  readonly until: Predicate;
  /** Whether the node of the pod is part of the case. */
  readonly withNode?: boolean;
  /** Removes what is not in the namespace. */
  readonly after?: (kubectl: Kubectl, namespace: string) => Promise<void>;
}
