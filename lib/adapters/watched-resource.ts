import type { KubernetesObject } from '@kubernetes/client-node';

/** What is followed, and who is told. */
export interface WatchedResource<T extends KubernetesObject> {
  readonly path: string;
  readonly labelSelector: string | undefined;
  list(): Promise<{ readonly items: readonly T[]; readonly resourceVersion: string }>;
  /** After each list, when all of it was told. */
  onListed(): void;
  onPresent(object: T): void;
  onDeleted(object: T): void;
  /** Each time that the API server answers (undefined), or does not, or with an error. */
  onContact(failure: unknown): void;
}

/** What is known of a resource; a watch goes on from there, however the last one ended. */
export interface WatchPosition<T> {
  /** Empty: list first. */
  version: string;
  readonly known: Map<string, T>;
}

/** 410 Gone: the API server has forgotten the version to resume from, so list again. */
export const goneStatus = 410;

export function uidOf(object: KubernetesObject): string {
  return object.metadata?.uid ?? '';
}
