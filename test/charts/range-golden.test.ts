import { describe, expect, it } from 'vitest';
import { renderChart } from '../../lib/chart/render.ts';
import { rangeConfig, suiteOf } from './support/fixture.ts';

describe('the layout range', () => {
  it('has one template for each shape of suites, and a row for each suite', async () => {
    const files = renderChart(rangeConfig);
    expect([...files.keys()].filter((path) => path.startsWith('templates/')).toSorted()).toEqual(['NOTES.txt', '_helpers.tpl', 'shared/collector.yaml', 'shared/network.yaml', 'shared/suite-set.yaml', 'shared/suites.yaml', 'shared/types.yaml'].map((name) => `templates/${name}`));
    await expect(files.get('templates/shared/suites.yaml')).toMatchFileSnapshot('golden-range/suites.yaml');
    await expect(files.get('templates/shared/suite-set.yaml')).toMatchFileSnapshot('golden-range/suite-set.yaml');
  });

  it('touches one line of the template when an argument of a suite changes', () => {
    const changed = { ...rangeConfig, suites: rangeConfig.suites.map((suite) => (suite.name === 'cart' ? { ...suite, command: ['pytest', 'tests/basket.py'] } : suite)) };
    const [before = [], after = []] = [rangeConfig, changed].map((one) => renderChart(one).get('templates/shared/suites.yaml')?.split('\n'));
    expect(after).toHaveLength(before.length);
    expect(after.filter((line, index) => line !== before[index])).toEqual([expect.stringMatching(/^\["cart",1,"[0-9a-f]{12}","tests\/basket\.py"\],$/)]);
  });

  it('has a schema that does not grow with the suites', () => {
    const size = (count: number): number => renderChart({ ...rangeConfig, suites: Array.from({ length: count }, (_, index) => suiteOf({ name: `suite-${index}` })) }).get('values.schema.json')?.length ?? 0;
    expect(size(40)).toBe(size(2));
  });
});
