import { section, whole } from './primitives.ts';
import { bytes, cpu } from './quantity.ts';
import { template } from './template.ts';

/** PriorityClasses of users end here; those above belong to the system. */
export const highestPriority = 1_000_000_000;

const quota = section({
  /** CPU requests of all pods of the type together. */
  cpu: cpu.optional().describe('CPU requests of all pods of the type together.'),
  /** Memory requests of all pods of the type together. */
  memory: bytes.optional().describe('Memory requests of all pods of the type together.'),
  /** Pods of the type at the same time. */
  pods: whole(1, highestPriority, 'must be a whole number of at least 1').optional().describe('Pods of the type at the same time.'),
});

export const type = section({
  /** Suites of a higher priority start first. @default 0 */
  priority: whole(-highestPriority, highestPriority).default(0).describe('Suites of a higher priority start first.'),
  /** What all pods of the type may use at the same time; the others wait. */
  quota: quota.optional().describe('What all pods of the type may use at the same time; the others wait.'),
  ...template,
});
