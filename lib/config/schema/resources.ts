import { domainName, isLabelKey } from './kubernetes-names.ts';
import { always, anyText, meant, message, named, section, type TextRule } from './primitives.ts';
import { bytes, bytesRule, countRule, cpu, cpuRule } from './quantity.ts';

const standard = ['cpu', 'memory', 'ephemeral-storage'];

export const resourceName: TextRule = {
  rule: "must be 'cpu', 'memory', 'ephemeral-storage', 'hugepages-<size>' or an extended resource such as 'nvidia.com/gpu'",
  obeys: (value) => standard.includes(value) || /^hugepages-\d+[KMG]i$/.test(value) || (value.includes('/') && isLabelKey(value)),
  pattern: `^(cpu|memory|ephemeral-storage|hugepages-[0-9]+[KMG]i|${domainName})$`,
  hint: (received) => meant(received, standard),
};

function amountRule(resource: string): TextRule {
  if (resource === 'cpu') return cpuRule;
  return resource.includes('/') ? countRule : bytesRule;
}

/** What an amount must be depends on its key, which a record cannot say. */
const amounts = named(resourceName, anyText('must be a quantity in quotes')).superRefine((entries, context) => {
  for (const [resource, amount] of Object.entries(entries)) {
    const { rule, obeys, hint } = amountRule(resource);
    if (typeof amount !== 'string' || obeys(amount)) continue;
    context.addIssue({ code: 'custom', path: [resource], message: message(rule, hint?.(amount)) });
  }
}, always);

export const resources = section({
  /** CPU request. There is no limit unless `limits` names one: it would only slow tests down. */
  cpu: cpu.optional().describe('CPU request. There is no limit unless `limits` names one: it would only slow tests down.'),
  /** Memory request and limit: a suite that stays within what it reserved is not evicted. */
  memory: bytes.optional().describe('Memory request and limit: a suite that stays within what it reserved is not evicted.'),
  /** What the scheduler reserves, by resource. */
  requests: amounts.optional().describe('What the scheduler reserves, by resource.'),
  /** What the suite cannot exceed, by resource. */
  limits: amounts.optional().describe('What the suite cannot exceed, by resource.'),
});
