import { z } from 'zod';
import { clusterRoleName } from './kubernetes-names.ts';
import { always, anyText, choice, filledList, list, message, nonEmptyText, section, text } from './primitives.ts';
import { apiVerbs } from './api-resources.ts';

export const podSecurity = choice('restricted', 'baseline');

export const runAsUser = z.union([z.int().min(0).max(2 ** 31 - 1), z.literal('image')], { error: "must be a user id such as 1000, or 'image'" });

const rule = section({
  /** API groups; `''` is the core group. @default [ '' ] */
  apiGroups: list(anyText(), "['apps']").default(['']).describe("API groups; `''` is the core group."),
  /** Kinds in the plural, such as `configmaps` or `pods/log`. */
  resources: filledList(nonEmptyText(), "['configmaps']").describe('Kinds in the plural, such as `configmaps` or `pods/log`.'),
  /** Only objects with these names. */
  resourceNames: filledList(nonEmptyText(), "['settings']").optional().describe('Only objects with these names.'),
  /** What the suite may do with them. */
  verbs: filledList(choice(...apiVerbs), "['get', 'list']").describe('What the suite may do with them.'),
});

export const serviceAccount = section({
  /** Rules of a Role of the suite's own, in the namespace of the release. */
  rules: filledList(rule, "[{ resources: ['configmaps'], verbs: ['get'] }]").optional().describe("Rules of a Role of the suite's own, in the namespace of the release."),
  /** Names of ClusterRoles, such as `view`, that the suite has in the namespace of the release and nowhere else. */
  clusterRoles: filledList(text(clusterRoleName), "['view']")
    .optional()
    .describe('Names of ClusterRoles, such as `view`, that the suite has in the namespace of the release and nowhere else.'),
}).superRefine(({ rules, clusterRoles }, context) => {
  if (rules !== undefined || clusterRoles !== undefined) return;
  context.addIssue({ code: 'custom', message: message('must have rules or clusterRoles', 'leave serviceAccount out of a suite that needs no rights') });
}, always);
