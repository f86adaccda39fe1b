import { labelKey, labelValue } from './kubernetes-names.ts';
import { always, choice, message, section, text } from './primitives.ts';

export const toleration = section({
  /** Key of the taint; without it, every taint. */
  key: text(labelKey).optional().describe('Key of the taint; without it, every taint.'),
  /** Whether the taint must have `value`, or only exist. @default 'Equal' */
  operator: choice('Exists', 'Equal').default('Equal').describe('Whether the taint must have `value`, or only exist.'),
  /** Value of the taint. */
  value: text(labelValue).optional().describe('Value of the taint.'),
  /** Effect of the taint; without it, every effect. */
  effect: choice('NoSchedule', 'PreferNoSchedule', 'NoExecute').optional().describe('Effect of the taint; without it, every effect.'),
}).superRefine(({ key, operator, value }, context) => {
  if (operator === 'Exists' && value !== undefined) {
    context.addIssue({ code: 'custom', path: ['value'], message: message("must not stand beside operator 'Exists'", 'leave it out') });
  }
  if (operator === 'Equal' && key === undefined) {
    context.addIssue({ code: 'custom', message: message("must have a key, as its operator is 'Equal'", "write operator: 'Exists' to tolerate every taint") });
  }
}, always).meta({
  // What the checks above say, for the schema of the values.
  not: { properties: { operator: { const: 'Exists' } }, required: ['operator', 'value'] },
  if: { not: { required: ['key'] } },
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
  then: { properties: { operator: { const: 'Exists' } }, required: ['operator'] },
});
