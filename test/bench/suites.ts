import type { ResolvedConfig } from '../../lib/config/resolved.ts';
import { resolveConfig } from '../../lib/config/resolve.ts';
import { validateConfig } from '../../lib/config/validate.ts';
import { suiteImage } from '../support/suite-image.ts';

const junit = `<testsuite name="trivial" tests="1"><testcase name="works"/></testsuite>`;

/** `count` suites that do `work` and prove it with a JUnit file through the collector. */
export function trivialSuites(count: number, work: string): object {
  const [repository = '', tag = ''] = suiteImage.ref.split(/:(?=[^/]*$)/);
  const command = ['/bin/sh', '-c', `${work}; echo '${junit}' > /results/junit.xml`];
  return {
    name: 'bench',
    images: { box: { repository, tag, pullPolicy: 'Never' } },
    types: { trivial: { resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } } } },
    suites: Object.fromEntries(Array.from({ length: count }, (_, index) => [`suite-${index + 1}`, { type: 'trivial', image: 'box', command }])),
  };
}

export function resolveTrivialSuites(count: number, work: string): ResolvedConfig {
  return resolveConfig(validateConfig(trivialSuites(count, work)), { builds: {} });
}
