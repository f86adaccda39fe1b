import { z } from 'zod';
import { logFormats, resultsFormats } from './defaults.ts';

/** Suites and types name folders and labels, and anybody with rights in the namespace can write the annotation. */
const dnsLabel = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);

const labelKey = z.string().regex(/^[-._/a-zA-Z0-9]{1,317}$/);
const labelValue = z.string().regex(/^[-._a-zA-Z0-9]{0,63}$/);

export const suiteContractSchema = z.object({
  v: z.literal(1),
  suite: dnsLabel,
  type: dnsLabel,
  shard: z.object({ index: z.int().min(1), total: z.int().min(2) }).optional(),
  timeoutSeconds: z.int().positive(),
  startTimeoutSeconds: z.int().positive(),
  retries: z.int().min(0),
  infraRetries: z.int().min(0),
  tags: z.array(z.string()),
  /** Of its type: which suites the CLI starts first. */
  priority: z.int().optional(),
  /** Suites that must pass before the CLI starts it. */
  needs: z.array(dnsLabel).optional(),
  /** Pods behind the services that the suite uses: their logs help to explain a failure. */
  services: z.array(z.object({ name: dnsLabel, podLabels: z.record(labelKey, labelValue), namespace: dnsLabel.optional() })).optional(),
  results: z.discriminatedUnion('from', [
    z.object({ from: z.literal('stdout'), format: z.enum(logFormats) }),
    z.object({
      from: z.literal('files'),
      format: z.enum(resultsFormats),
      files: z.string(),
      maxBytes: z.int().positive(),
    }),
    z.object({ from: z.literal('exit-code') }),
  ]),
});

/**
 * What a Job promises, written on it as an annotation, so that any machine can wait for a release
 * without its config. One contract a Job: a sharded suite has one for each shard. Times are seconds.
 */
export type SuiteContract = z.infer<typeof suiteContractSchema>;

/** `worker` or, for a shard, `worker-2`: what reports, folders and Job names call it. */
export function suiteKey(contract: Pick<SuiteContract, 'suite' | 'shard'>): string {
  return contract.shard === undefined ? contract.suite : `${contract.suite}-${contract.shard.index}`;
}
