import { z } from 'zod';
import { anyText, choice, filledList, nonEmptyText, section, list } from './primitives.ts';

export const podSecurity = choice('restricted', 'baseline');

export const runAsUser = z.union([z.int().min(0).max(2 ** 31 - 1), z.literal('image')], { error: "must be a user id such as 1000, or 'image'" });

const rule = section({
  /** API groups; `''` is the core group. @default [ '' ] */
  apiGroups: list(anyText(), "['apps']").default(['']).describe("API groups; `''` is the core group."),
  /** Kinds in the plural, such as `configmaps` or `pods/log`. */
  resources: filledList(nonEmptyText(), "['configmaps']").describe('Kinds in the plural, such as `configmaps` or `pods/log`.'),
  /** Only objects with these names. */
  resourceNames: filledList(nonEmptyText(), "['settings']").optional().describe('Only objects with these names.'),
  /** What the suite may do, such as `get`. */
  verbs: filledList(nonEmptyText(), "['get', 'list']").describe('What the suite may do, such as `get`.'),
});

export const serviceAccount = section({
  /** Rules of a Role in the namespace of the release. */
  rules: filledList(rule, "[{ resources: ['configmaps'], verbs: ['get'] }]").describe('Rules of a Role in the namespace of the release.'),
});
