import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import { renderChart } from '../../lib/chart/render.ts';
import { writeChart } from '../../lib/chart/write.ts';
import { arbitraryValues } from '../charts/support/arbitrary-values.ts';
import type { ValuesSchema } from '../charts/support/arbitrary-values.ts';
import { variedConfig, variedSuites } from '../charts/support/fixture.ts';
import { helm, succeed, test } from '../support/e2e.ts';

/** PodSecurity `restricted` warns of Jobs whose pods it would refuse: these suites say that they need more. */
const config = { ...variedConfig, suites: variedSuites.filter(({ podSecurity, runAsUser }) => podSecurity === 'restricted' && runAsUser !== 'image') };
const files = renderChart(config);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kubesuite-values-'));
  writeChart(join(folder, 'chart'), files);
});
afterAll(async () => rm(folder, { recursive: true }));

test.for([3, 4] as const)('the API server takes what Helm %i renders of any valid values, without a warning', async (major, { workspace }) => {
  const schema = JSON.parse(files.get('values.schema.json') ?? '') as ValuesSchema;
  await fc.assert(
    fc.asyncProperty(arbitraryValues(schema), async (values) => {
      const file = join(folder, `values-${major}.json`);
      await writeFile(file, JSON.stringify(values).replaceAll(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, '?'));
      const rendered = await succeed(helm(major), ['template', 'any', join(folder, 'chart'), '--namespace', workspace.namespace, '--values', file]);
      const applied = await workspace.applyDryRun(rendered);
      expect(applied.stderr).toBe('');
    }),
    // Shrinking would take minutes; the seed and the values are told.
    { numRuns: 4, endOnFailure: true },
  );
});
