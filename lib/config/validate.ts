import { KubesuiteError } from '../errors.ts';
import { toDraft } from './draft.ts';
import { toPlainData } from './plain-data.ts';
import { formatProblems, toProblems, type ConfigProblem, type Finding } from './problem.ts';
import { checkGeneratedNames } from './rules/generated-names.ts';
import { checkMounts } from './rules/mounts.ts';
import { checkNetwork } from './rules/network.ts';
import { checkReferences } from './rules/references.ts';
import { checkResources } from './rules/resources.ts';
import { checkRights } from './rules/rights.ts';
import { checkSecurity } from './rules/security.ts';
import { checkStart } from './rules/start.ts';
import { toFindings } from './schema-findings.ts';
import { suitesConfigSchema, type ParsedConfig } from './schema.ts';

export interface ConfigCheck {
  /** The config with its defaults; absent when there are problems. */
  readonly config?: ParsedConfig;
  /** In the order of the config. */
  readonly problems: readonly ConfigProblem[];
}

const rules = [checkReferences, checkGeneratedNames, checkMounts, checkNetwork, checkSecurity, checkRights, checkStart, checkResources];

/**
 * Finds every problem of a config, or gives it its defaults.
 * @param outside - finds what the config says about the world and is not so
 */
export function parseConfig(input: unknown, outside: readonly Finding[] = []): ConfigCheck {
  const plain = toPlainData(input);
  const parsed = suitesConfigSchema.safeParse(plain.data, { reportInput: true });
  const ofValues = [...plain.findings, ...toFindings(parsed.error?.issues ?? [])];
  const draft = toDraft(plain.data, ofValues);
  const findings = [...ofValues, ...rules.flatMap((check) => check(draft)), ...outside];
  if (parsed.success && findings.length === 0) return { config: parsed.data, problems: [] };
  return { problems: toProblems(findings, input) };
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
