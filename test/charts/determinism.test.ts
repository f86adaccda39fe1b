import { afterEach, describe, expect, it, vi } from 'vitest';
import { renderChart } from '../../lib/chart/render.ts';
import type { ResolvedConfig } from '../../lib/config/resolved.ts';
import { configOf, suiteOf, variedConfig } from './support/fixture.ts';

afterEach(() => vi.unstubAllEnvs());

describe('renderChart', () => {
  it('gives the same bytes twice', () => {
    expect([...renderChart(variedConfig)]).toEqual([...renderChart(structuredClone(variedConfig))]);
  });

  it('does not listen to the switches that cdk8s takes from the environment', () => {
    const expected = [...renderChart(variedConfig)];
    vi.stubEnv('CDK8S_DISABLE_SORT', '1');
    vi.stubEnv('CDK8S_LEGACY_HASH', '1');
    vi.stubEnv('CDK8S_RECORD_CONSTRUCT_METADATA', 'true');
    expect([...renderChart(variedConfig)]).toEqual(expected);
  });

  it('gives templates that do not depend on the order of keys', () => {
    expect([...renderChart(withReversedKeys(variedConfig))].filter(([path]) => path.startsWith('templates/worker'))).toEqual(
      [...renderChart(variedConfig)].filter(([path]) => path.startsWith('templates/worker')),
    );
  });

  it('refuses a suite whose name is taken', () => {
    const config = configOf({ suites: [suiteOf({ name: 'ping' }), suiteOf({ name: 'ping' })] });
    expect(() => renderChart(config)).toThrow(/ping/);
  });

  it('refuses Job names that two suites would share', () => {
    const config = configOf({ suites: [suiteOf({ name: 'worker', shards: 2 }), suiteOf({ name: 'worker-2' })] });
    expect(() => renderChart(config)).toThrow("suites 'worker' and 'worker-2' both make a Job called 'worker-2'");
  });

  it('refuses strings that could pass for holes', () => {
    expect(() => renderChart(configOf({ suites: [suiteOf({ name: 'ping', command: ['\u{E000}raw .Values\u{E001}'] })] }))).toThrow(/U\+E000/);
  });

  it('refuses a suite with an unknown image', () => {
    expect(() => renderChart(configOf({ suites: [suiteOf({ name: 'ping', image: 'none' })] }))).toThrow("suites.ping.image: there is no 'none' in the config");
  });
});

function withReversedKeys(config: ResolvedConfig): ResolvedConfig {
  return JSON.parse(JSON.stringify(config, (_key, value: unknown) => (isRecord(value) ? Object.fromEntries(Object.entries(value).toReversed()) : value))) as ResolvedConfig;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
