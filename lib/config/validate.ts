import { KubesuiteError } from '../errors.ts';
import { crossCheck } from './cross-check.ts';
import { formatProblems, toProblems, type ConfigProblem } from './problem.ts';
import { suitesConfigSchema, type ParsedConfig } from './schema.ts';

/** Every problem of a config, or the config with its defaults. */
export function parseConfig(input: unknown): { readonly config?: ParsedConfig; readonly problems: readonly ConfigProblem[] } {
  const parsed = suitesConfigSchema.safeParse(input, { reportInput: true });
  const problems = [...(parsed.success ? [] : toProblems(parsed.error.issues)), ...crossCheck(input)];
  const ordered = problems.toSorted((a, b) => a.path.localeCompare(b.path));
  return parsed.success && problems.length === 0 ? { config: parsed.data, problems } : { problems: ordered };
}

/**
 * The config with its defaults.
 * @throws KubesuiteError `CONFIG_INVALID` that lists all problems
 */
export function validateConfig(input: unknown, file = 'The config'): ParsedConfig {
  const { config, problems } = parseConfig(input);
  if (config === undefined) throw invalidConfig(problems, file);
  return config;
}

export function invalidConfig(problems: readonly ConfigProblem[], file: string): KubesuiteError {
  return new KubesuiteError('CONFIG_INVALID', formatProblems(problems, file));
}
