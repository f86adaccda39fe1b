import { Construct } from 'constructs';
import { HelmApp } from '../chart/helm-app.ts';
import { helpersTpl } from '../chart/helpers-tpl.ts';
import { readme } from '../chart/readme.ts';
import { valuesSchema } from '../chart/values-schema.ts';
import { valuesYaml } from '../chart/values-yaml.ts';
import type { ResolvedConfig } from '../config/resolved.ts';
import { chartValues } from './chart-values.ts';

/** The config whose images, suites and types become values. */
export type SuitesBaseProps = ResolvedConfig;

/**
 * What every other construct of kubesuite stands on: `values.yaml` with its schema, the named
 * templates of `_helpers.tpl`, and a README. A chart has one; `SuitesChart` brings it along.
 * @throws KubesuiteError `NOT_IN_HELM_APP`, or `DUPLICATE_FILE` when the chart has one already
 */
export class SuitesBase extends Construct {
  /**
   * @param scope - a `HelmApp`, or a construct inside of one
   * @param id - of the construct, unique in its scope
   * @param config - what `loadConfig` gives
   */
  constructor(scope: Construct, id: string, config: SuitesBaseProps) {
    super(scope, id);
    const app = HelmApp.of(this);
    const values = chartValues(config);
    app.addFile('values.yaml', valuesYaml(values));
    app.addFile('values.schema.json', valuesSchema(values));
    app.addFile('README.md', readme(app.name, config.suites.length, values));
    app.addFile('templates/_helpers.tpl', helpersTpl(app.name));
  }
}
