import { missingSeconds, type Finding } from './finding.ts';

const object = '[-.a-z0-9]{1,253}';
const key = '[-._a-zA-Z0-9]{1,253}';
const absent = new RegExp(`\\b(secret|configmap) "(${object})" not found`);
const absentKey = new RegExp(`couldn't find key (${key}) in (Secret|ConfigMap) (?:${object}/)?(${object})`);
const absentFile = new RegExp(`references non-existent (?:secret|config) key: (${key})`);

/** What the kubelet says of a ConfigMap, a Secret or a key that a container or a volume needs. */
export function findMissingConfig(message: string): Omit<Finding, 'evidence'> | undefined {
  const sentence = sentenceOf(message);
  return sentence === undefined ? undefined : { cause: 'missing-config', message: sentence, graceSeconds: missingSeconds };
}

function sentenceOf(message: string): string | undefined {
  const [, kind, name] = absent.exec(message) ?? [];
  if (kind !== undefined) return `${kind === 'secret' ? 'Secret' : 'ConfigMap'} '${name ?? ''}' does not exist`;
  const [, missing, where, owner] = absentKey.exec(message) ?? [];
  if (missing !== undefined) return `${where ?? ''} '${owner ?? ''}' has no key '${missing}'`;
  const [, file] = absentFile.exec(message) ?? [];
  if (file !== undefined) return `A volume of the suite names key '${file}', which its ${/config key/.test(message) ? 'ConfigMap' : 'Secret'} does not have`;
  return undefined;
}
