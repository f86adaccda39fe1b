import type { Construct } from 'constructs';
import { RangeFile } from '../chart/range-file.ts';
import { TemplateFile } from '../chart/template-file.ts';
import type { ResolvedSuite } from '../config/resolved.ts';
import { goString, helpersOf } from './helpers-of.ts';

/** What a SuiteFile is made of. */
export interface SuiteFileProps {
  /** Name of the Helm chart. */
  readonly chart: string;
  /** The suite whose objects the file holds. */
  readonly suite: ResolvedSuite;
}

/**
 * The template of one suite, `templates/<suite>.yaml`. It is empty when the suite is switched off,
 * and sets what `SuiteJob` refers to: `$suite` (the suite's values), `$content` (the hash of what it runs), `$run` (what tells its runs apart) and `$suffix` (the last part of its Job names).
 */
export class SuiteFile extends TemplateFile {
  /**
   * @param scope - a `HelmApp`, or a construct inside of one
   * @param id - of the construct, unique in its scope
   * @param props - what it is made of
   */
  constructor(scope: Construct, id: string, { chart, suite }: SuiteFileProps) {
    super(scope, id, {
      path: `${suite.name}.yaml`,
      control: 'if $suite.enabled',
      variables: { suite: `index $.Values.suites ${goString(suite.name)}` },
      innerVariables: { content: helpersOf(chart).content(suite.name), run: '$.Values.run.id | default $content', suffix: helpersOf(chart).suffix() },
    });
    if (RangeFile.isRangeFile(scope)) this.define(`${chart}.shards.${suite.name}`, String(suite.shards));
  }
}
