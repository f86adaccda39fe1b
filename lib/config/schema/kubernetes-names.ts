import { foreignAnnotations, foreignLabels, recommendedLabels } from '../../constructs/labels.ts';
import { write, type TextRule } from './primitives.ts';

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomain = `${label}(\\.${label})*`;
const qualified = '[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?';
/** Names such as `example.com/gpu`, for patterns of other rules. */
export const domainName = `${subdomain}/${qualified}`;
const dnsLabel = new RegExp(`^${label}$`);
const dnsSubdomain = new RegExp(`^${subdomain}$`);
const qualifiedName = new RegExp(`^${qualified}$`);

export function isDnsLabel(value: string): boolean {
  return value.length <= 63 && dnsLabel.test(value);
}

/** As Kubernetes has it: only the whole has a limit, of 253 characters. */
export function isDnsSubdomain(value: string): boolean {
  return value.length <= 253 && dnsSubdomain.test(value);
}

export function isLabelKey(value: string): boolean {
  const slash = value.indexOf('/');
  return (slash === -1 || isDnsSubdomain(value.slice(0, slash))) && qualifiedName.test(value.slice(slash + 1));
}

export function isLabelValue(value: string): boolean {
  return value === '' || qualifiedName.test(value);
}

/** Kubernetes relaxed this in 1.30; charts install on 1.29. */
export function isEnvName(value: string): boolean {
  return /^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(value) && value !== '.' && !value.startsWith('..');
}

/** A LocalQueue of Kueue. */
export const queueName: TextRule = {
  rule: "must be the name of a queue: at most 63 lower-case letters, digits and '-'",
  obeys: isDnsLabel,
  pattern: '^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$',
};

/** Names make Job names of at most 63 characters together with release, shard and run id. */
export const longestName = 40;

/** Name of a suite, type, image, service or chart. All-digit names would lose their place in the file's order. */
export const name: TextRule = {
  rule: `must be at most ${longestName} lower-case letters, digits and '-', start with a letter and not end with '-'`,
  obeys: (value) => value.length <= longestName && dnsLabel.test(value) && /^[a-z]/.test(value),
  hint: (received) => suggest(name, received, toDnsLabel),
};

export const objectName: TextRule = {
  rule: "must be the name of a Kubernetes object: lower-case letters, digits, '-' and '.'",
  obeys: isDnsSubdomain,
  pattern: `^${subdomain}$`,
  hint: (received) => suggest(objectName, received, toDnsLabel),
};

/** RBAC takes any name that can be a part of a path, such as `system:basic-user`. */
export const clusterRoleName: TextRule = {
  rule: "must be the name of a ClusterRole, without '/', '%' and blanks",
  obeys: (value) => /^[^/%\s]+$/.test(value) && value !== '.' && value !== '..',
};

export const namespaceName: TextRule = {
  rule: "must be the name of a namespace: at most 63 lower-case letters, digits and '-'",
  obeys: isDnsLabel,
  hint: (received) => suggest(namespaceName, received, toDnsLabel),
};

/** Key in the data of a Secret or ConfigMap. */
export const dataKey: TextRule = {
  rule: "must be a key of letters, digits, '-', '_' and '.'",
  obeys: (value) => value.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(value) && value !== '.' && !value.startsWith('..'),
};

export const labelKey: TextRule = {
  rule: "must be a label key: 'name' or 'example.com/name', with at most 63 letters, digits, '-', '_' and '.' in the name",
  obeys: isLabelKey,
  pattern: `^(${subdomain}/)?${qualified}$`,
};

export const labelValue: TextRule = {
  rule: "must be a label value: at most 63 letters, digits, '-', '_' and '.', the first and last a letter or digit",
  obeys: isLabelValue,
  pattern: `^$|^${qualified}$`,
};

const whole = ['job-name', 'controller-uid', ...Object.values(recommendedLabels), ...Object.values(foreignLabels), ...Object.values(foreignAnnotations)];
// Of Helm's keys a chart version ends in an immutable pod, and a hook is not removed with its release.
const reserved = `^(kubesuite\\.dev/|batch\\.kubernetes\\.io/|helm\\.sh/|(${whole.map((key) => key.replaceAll('.', '\\.')).join('|')})$)`;

/** Key of a label or annotation that is added to what the chart and the Job controller write. */
export const ownLabelKey: TextRule = {
  rule: `${labelKey.rule}; kubesuite.dev/*, batch.kubernetes.io/*, helm.sh/*, the recommended app.kubernetes.io labels, the queue of Kueue and the hooks of Argo CD are set by kubesuite, Kubernetes and Helm`,
  obeys: (value) => isLabelKey(value) && !new RegExp(reserved).test(value),
  ...(labelKey.pattern !== undefined && { pattern: labelKey.pattern }),
  except: reserved,
};

export const envName: TextRule = {
  rule: "must be the name of an environment variable: letters, digits, '_', '-' and '.', not starting with a digit nor with KUBESUITE_",
  obeys: (value) => isEnvName(value) && !value.startsWith('KUBESUITE_'),
  pattern: '^[-._a-zA-Z][-._a-zA-Z0-9]*$',
  except: '^(KUBESUITE_|\\.$|\\.\\.)',
  hint: (received) => suggest(envName, received, (value) => value.replaceAll(/[^-._a-zA-Z0-9]+/g, '_').replace(/^(?=\d)/, '_')),
};

/** Words that select suites on the command line. */
export const tag: TextRule = {
  rule: "must be a tag of letters, digits, '-', '_', '.', ':' and '/'",
  obeys: (value) => /^[A-Za-z0-9][-A-Za-z0-9_.:/]*$/.test(value),
};

function toDnsLabel(value: string): string {
  return value
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[-0-9]+|-+$/g, '');
}

function suggest(rule: TextRule, received: unknown, correct: (value: string) => string): string | undefined {
  if (typeof received !== 'string') return undefined;
  const corrected = correct(received);
  return rule.obeys(corrected) ? write(corrected) : undefined;
}
