import type { ResolvedSuite } from '../config/resolved.ts';

/** Stages of suites by name: that of their type, and a later one than those of all suites that they need. */
export function suiteStages(suites: readonly ResolvedSuite[], typeStages: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const byName = new Map(suites.map((suite) => [suite.name, suite]));
  const stages = new Map<string, number>();
  const stageOf = (suite: ResolvedSuite): number => {
    const known = stages.get(suite.name);
    if (known !== undefined) return known;
    const own = typeStages.get(suite.type) ?? 1;
    // In case they lead back to the suite.
    stages.set(suite.name, own);
    const needed = suite.needs.flatMap((name) => byName.get(name) ?? []).map((other) => 1 + stageOf(other));
    const stage = Math.max(own, ...needed);
    stages.set(suite.name, stage);
    return stage;
  };
  return new Map(suites.map((suite) => [suite.name, stageOf(suite)]));
}
