import { z } from 'zod';
import { didYouMean } from '../suggest.ts';
import { isCidr, isDnsLabel, isDnsSubdomain, isEnvName, isLabelKey, isLabelValue, isMountPath, parseDuration, parseQuantity } from './grammar.ts';

/** A string with a rule: `message` says the rule, `hint` what to write instead. */
function text(holds: (value: string) => boolean, message: string, hint: string): z.ZodString {
  return z.string(message).refine(holds, { message, params: { hint } });
}

/** An object whose unknown keys are errors with a suggestion. */
export function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => `has no key '${key}': ${didYouMean(key, Object.keys(shape))}`).join('; ')
        : undefined,
  });
}

/** Suites and shards make Job names; the rest of the 63 characters is for the release and the suffix. */
export const longestName = 40;

export const name = text((value) => isDnsLabel(value, longestName), `must be a DNS label of at most ${longestName} characters`, "write lower-case letters, digits and '-', such as 'checkout-api'");
export const objectName = text(isDnsSubdomain, 'must be the name of a Kubernetes object', "write lower-case letters, digits, '-' and '.'");
export const labelKey = text(isLabelKey, 'must be a label key', "write 'name' or 'prefix.example/name', at most 63 characters after the '/'");
export const labelValue = text(isLabelValue, 'must be a label value', "write at most 63 letters, digits, '-', '_' or '.', beginning and ending with a letter or digit");
export const envName = text(isEnvName, 'must be the name of an environment variable', "write letters, digits and '_', not beginning with a digit");
export const cidr = text(isCidr, 'must be a CIDR', "write '10.0.0.0/8', '192.0.2.7/32' or '2001:db8::/32'");
export const mountPath = text(isMountPath, 'must be an absolute path below /', "write '/data', without ':' and '..'");
export const quantity = text((value) => (parseQuantity(value) ?? -1) > 0, 'must be a Kubernetes quantity greater than 0', "write '250m', '2', '128Mi' or '1.5Gi'");
export const duration = text((value) => (parseDuration(value) ?? 0) > 0, "must be a duration such as '90s', '5m' or '1h30m'", "write a number and one of 's', 'm', 'h'");
export const port = z.int('must be a port').min(1, 'must be a port from 1 to 65535').max(65_535, 'must be a port from 1 to 65535');
export const labelMap = z.record(labelKey, labelValue);
export const imageTag = text((value) => /^[A-Za-z0-9_][-A-Za-z0-9_.]{0,127}$/.test(value), 'must be an image tag', "write at most 128 letters, digits, '_', '.' and '-'");
export const digest = text((value) => /^sha256:[0-9a-f]{64}$/.test(value), 'must be an image digest', "write 'sha256:' and 64 hexadecimal digits");
export const imageRepository = text(
  (value) => /^([a-zA-Z0-9.-]+(:\d+)?\/)?[a-z0-9]+([._/-]+[a-z0-9]+)*$/.test(value),
  'must be an image repository without tag',
  "write 'ghcr.io/acme/tests'; the tag has its own key",
);
export const registry = text((value) => value === '' || /^[a-zA-Z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)*$/.test(value), 'must be a registry', "write 'ghcr.io/acme'");
