import { describe, expect, it } from 'vitest';
import { renderChart } from '../../lib/chart/render.ts';
import { variedConfig } from './support/fixture.ts';

const files = renderChart(variedConfig);

describe('the chart of a varied config', () => {
  it('has one template a suite and one for each thing that suites share', () => {
    expect([...files.keys()].toSorted()).toMatchInlineSnapshot(`
      [
        ".helmignore",
        "Chart.yaml",
        "README.md",
        "templates/NOTES.txt",
        "templates/_helpers.tpl",
        "templates/at-home.yaml",
        "templates/guarded.yaml",
        "templates/on.yaml",
        "templates/own-user.yaml",
        "templates/ping.yaml",
        "templates/rooted.yaml",
        "templates/shared/collector.yaml",
        "templates/shared/network-guard.yaml",
        "templates/shared/network.yaml",
        "templates/shared/suite-set.yaml",
        "templates/shared/types.yaml",
        "templates/watcher.yaml",
        "templates/worker.yaml",
        "values.schema.json",
        "values.yaml",
      ]
    `);
  });

  it.each([...files.keys()].map((path) => ({ path })))('writes $path as reviewed', async ({ path }) => {
    await expect(files.get(path)).toMatchFileSnapshot(`golden/${path}`);
  });
});
