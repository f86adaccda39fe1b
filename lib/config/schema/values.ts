import { z } from 'zod';
import { startModes } from '../start-modes.ts';
import { triggers } from '../triggers.ts';
import { cidr } from './cidr.ts';
import { longestSeconds } from './duration.ts';
import { digestRule, pullPolicy, repositoryRule, tagRule } from './image.ts';
import { domainName, envName, queueName } from './kubernetes-names.ts';
import { anyText, flag, list, named, orEmpty, section, text, whole, type TextRule } from './primitives.ts';
import { pullSecrets, registry } from './production.ts';
import { resourceName } from './resources.ts';
import { annotations, labels, nodeSelector, retries, tolerations } from './template.ts';
import { priority } from './type.ts';

const runId: TextRule = {
  rule: "must be at most 32 lower-case letters, digits and '-', not at the ends",
  obeys: (value) => /^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/.test(value),
  pattern: '^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$',
};

const quantity = patternRule("must be a quantity such as '250m' or '1.5Gi'", '^[+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([numkMGTPE]|[KMGTPE]i|[eE][-+]?[0-9]{1,2})?$');

/** `--set` makes numbers of what looks like one. */
const amount = z.union([text(quantity), z.number().min(0)]);
const positive = z.union([text({ ...quantity, except: '^[+]?[0.]+([a-zA-Z].*)?$' }), z.number().gt(0)]);

/** What `hard` of a ResourceQuota with scopes may name, such as `pods`, `limits.cpu` or `requests.nvidia.com/gpu`. */
const counted = `pods|count/[a-z][-a-z0-9.]*|requests\\.${domainName}`;
const quotaKey = patternRule('must be the name of something that a ResourceQuota of pods counts', `^(${counted}|((requests|limits)\\.)?(cpu|memory))$`);

const count = { anyOf: [{ type: 'string', pattern: '^[0-9]+([kMGTPE]|[KMGTPE]i)?$' }, { type: 'integer' }] };

/** Amounts of some keys are whole, which a record cannot say. */
function amounts(keys: TextRule, value: typeof amount, wholeKeys: string) {
  return named(keys, value).meta({ patternProperties: { [`^(${wholeKeys})$`]: count } });
}

function patternRule(rule: string, pattern: string): TextRule {
  return { rule, obeys: (value) => new RegExp(pattern).test(value), pattern };
}

const containerAmounts = amounts(resourceName, positive, domainName);

/**
 * What values.yaml may say, by the rules that hold for the config: from these come the types of
 * `values.schema.json`, so that an installer is refused what a config would be refused.
 */
export const valueSchemas = {
  runId: text(orEmpty(runId)),
  trigger: z.enum(triggers),
  start: z.enum(startModes),
  flag: flag(),
  registry: text(registry),
  repository: text(repositoryRule),
  tag: text(orEmpty(tagRule)),
  digest: text(orEmpty(digestRule)),
  pullPolicy,
  pullSecrets,
  queueName: text(orEmpty(queueName)),
  resources: section({
    requests: amounts(resourceName, amount, domainName).optional().describe('What the container reserves, by resource.'),
    limits: containerAmounts.optional().describe('What the container may use at most, by resource.'),
  }),
  limits: containerAmounts,
  priority,
  quota: amounts(quotaKey, amount, counted),
  // Strings only: Helm would turn the number 1000000 into 1e+06.
  env: named(envName, anyText()),
  timeoutSeconds: whole(1, longestSeconds),
  retries,
  cidrs: list(cidr, "['10.0.0.0/8']"),
  nodeSelector,
  tolerations,
  labels,
  annotations,
  anything: z.looseObject({}),
} as const;
