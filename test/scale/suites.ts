import type { Layout } from '../../lib/config/layout.ts';
import { resolveConfig } from '../../lib/config/resolve.ts';
import type { ResolvedConfig } from '../../lib/config/resolved.ts';
import { validateConfig } from '../../lib/config/validate.ts';

const areas = ['checkout', 'cart', 'payment', 'login', 'search', 'stock', 'mail', 'queue', 'worker', 'api', 'admin', 'export', 'invoice', 'refund', 'report', 'sync', 'cache', 'index', 'session', 'profile'];

/** Names of one length, which Helm packs best, or as people give them. */
export type Naming = 'even' | 'real';

/** So many suites, as a config file has them: a command of its own each, results in files unless told otherwise. */
export function manySuites(count: number, layout: Layout, naming: Naming = 'even', results?: string): object {
  const suites = Array.from({ length: count }, (_, index) => {
    const [area = '', other = ''] = [areas[index % 20], areas[(index * 7 + 3) % 19]];
    return naming === 'even'
      ? [`suite-${String(index).padStart(4, '0')}`, { type: 'scale', image: 'tests', command: ['run', `tests/suite_${String(index).padStart(4, '0')}.py`] }]
      : [`${area}-${other}-${index}`, { type: 'scale', image: 'tests', command: ['pytest', `tests/${area}/test_${other}_${index}.py`, '--junitxml=/results/junit.xml'] }];
  });
  return {
    name: 'scale',
    layout,
    images: { tests: { repository: 'registry.example.com/scale/tests', tag: '1.0.0' } },
    types: { scale: { resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } }, ...(results !== undefined && { results }) } },
    suites: Object.fromEntries(suites),
  };
}

export function resolveMany(...args: Parameters<typeof manySuites>): ResolvedConfig {
  return resolveConfig(validateConfig(manySuites(...args)), { builds: {} });
}
