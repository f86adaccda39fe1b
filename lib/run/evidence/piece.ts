import type { Attachment } from '../events.ts';
import { sanitizeLine } from '../results/sanitize.ts';
import { maskDeep } from './mask-secrets.ts';

/** Something to attach: a file, or a note why there is none. */
export interface Piece extends Attachment {
  readonly content?: string;
  /** Name of the suite's pod that it is about. */
  readonly pod?: string;
}

/** As `kubectl get --output json` shows it, without who wrote which field, and with credentials masked. */
export function toJson(value: unknown): string {
  return `${JSON.stringify(maskDeep(withoutManagedFields(value)), undefined, 2)}\n`;
}

export function noteOf(error: unknown): string {
  return `could not be read: ${sanitizeLine(error instanceof Error ? error.message : String(error), 500)}`;
}

function withoutManagedFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutManagedFields);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, item]) => (key === 'managedFields' ? [] : [[key, withoutManagedFields(item)]])));
}
