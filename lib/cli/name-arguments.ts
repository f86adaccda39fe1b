import { InvalidArgumentError } from 'commander';
import { isRunId } from '../run/run-id.ts';
import { isDnsLabel, isDnsSubdomain } from '../config/schema/kubernetes-names.ts';

/** Helm's own limit. */
const longestRelease = 53;

export function toNamespace(value: string): string {
  if (isDnsLabel(value)) return value;
  throw new InvalidArgumentError("It must be the name of a namespace: at most 63 lower-case letters, digits and '-'.");
}

/** An unset variable of a script gives an empty one, which is another folder than meant. */
export function toPath(value: string): string {
  if (value !== '') return value;
  throw new InvalidArgumentError('It must be a path, and is empty.');
}

export function toReleaseName(value: string): string {
  if (value.length <= longestRelease && isDnsSubdomain(value)) return value;
  throw new InvalidArgumentError(`It must be the name of a Helm release: at most ${longestRelease} lower-case letters, digits, '-' and '.'.`);
}

export function toRunId(value: string): string {
  if (isRunId(value)) return value;
  throw new InvalidArgumentError("It must be the run.id of a release: lower-case letters, digits and '-'.");
}
