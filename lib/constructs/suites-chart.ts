/* oxlint-disable no-new -- a construct adds itself to its scope */
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { HelmApp } from '../chart/helm-app.ts';
import { notesTxt } from '../chart/notes.ts';
import { RangeFile } from '../chart/range-file.ts';
import { TemplateFile } from '../chart/template-file.ts';
import { hasHole } from '../chart/hole.ts';
import type { ResolvedConfig, ResolvedService, ResolvedSuite } from '../config/resolved.ts';
import { KubesuiteError } from '../errors.ts';
import { Collector } from './collector.ts';
import { DefaultNetwork } from './default-network.ts';
import { NetworkGuard } from './network-guard.ts';
import { PriorityTier } from './priority-tier.ts';
import { SuiteFile } from './suite-file.ts';
import { SuiteIdentity } from './suite-identity.ts';
import { SuiteJob } from './suite-job.ts';
import { SuiteNetwork } from './suite-network.ts';
import { SuiteService } from './suite-service.ts';
import { SuiteSet } from './suite-set.ts';
import { SuitesBase } from './suites-base.ts';
import { TypeQuota } from './type-quota.ts';

/** What `loadConfig` gives. */
export type SuitesChartProps = ResolvedConfig;

/**
 * Everything that a config stands for: one template a suite, what they share, and the values.
 * Objects of your own may be added to it, as to every cdk8s Chart: they become `templates/<id>.yaml`.
 */
export class SuitesChart extends Chart {
  readonly #chart: string;
  readonly #config: ResolvedConfig;

  /**
   * @param scope - a `HelmApp`, or a construct inside of one
   * @param id - of the construct; also the name of the template with your own objects
   * @param config - what `loadConfig` gives
   * @throws KubesuiteError `NOT_IN_HELM_APP`, `RESERVED_CHARACTER`, `DUPLICATE_NAME` or `UNKNOWN_REFERENCE`
   */
  constructor(scope: Construct, id: string, config: SuitesChartProps) {
    super(scope, id);
    // Such characters would let a string of the config pass for a hole.
    if (hasHole(JSON.stringify(config))) {
      throw new KubesuiteError('RESERVED_CHARACTER', 'the config contains U+E000, which the chart reserves for itself', { hint: 'Remove the character.' });
    }
    refuseSharedJobNames(config.suites);
    const app = HelmApp.of(this);
    this.#chart = app.name;
    this.#config = config;
    new SuitesBase(this, 'base', config);
    app.addFile('templates/NOTES.txt', notesTxt(app.name, config));
    this.#addShared();
    const files = config.layout === 'range' ? new RangeFile(this, 'range', { chart: this.#chart, path: 'shared/suites.yaml', values: 'suites' }) : this;
    for (const suite of config.suites) this.#addSuite(files, suite);
  }

  /** In a folder of their own, so that no suite's name can meet theirs. */
  #addShared(): void {
    const { suites, types, layout } = this.#config;
    const chart = this.#chart;
    const shared = new Construct(this, 'shared');
    if (suites.some(({ results }) => results.from === 'files')) {
      new Collector(new TemplateFile(shared, 'collector', { path: 'shared/collector.yaml' }), 'script', { chart });
    }
    if (suites.some(({ guard }) => guard !== undefined)) {
      new NetworkGuard(new TemplateFile(shared, 'network-guard', { path: 'shared/network-guard.yaml' }), 'script', { chart });
    }
    new DefaultNetwork(new TemplateFile(shared, 'network', { path: 'shared/network.yaml' }), 'default', { chart });
    new SuiteSet(new TemplateFile(shared, 'suite-set', { path: 'shared/suite-set.yaml' }), 'set', { chart, suites, layout });
    const file = new TemplateFile(shared, 'types', { path: 'shared/types.yaml' });
    for (const type of Object.values(types)) {
      new PriorityTier(file, `${type.name}-priority`, { chart, type });
      new TypeQuota(file, `${type.name}-quota`, { chart, type });
    }
  }

  #addSuite(scope: Construct, suite: ResolvedSuite): void {
    const chart = this.#chart;
    const file = new SuiteFile(scope, `suite-${suite.name}`, { chart, suite });
    const services = (key: string, names: readonly string[]): readonly ResolvedService[] =>
      names.map((name) => this.#find(this.#config.services, name, `suites.${suite.name}.${key}`));
    const network = { uses: services('uses', suite.uses), denies: services('denies', suite.denies) };
    const callers = services('serves', suite.serves.flatMap(({ from }) => from));
    this.#find(this.#config.images, suite.image, `suites.${suite.name}.image`);
    if (suite.guard?.image !== undefined) this.#find(this.#config.images, suite.guard.image, `suites.${suite.name}.network.guardImage`);
    const { results } = suite;
    if (results.from === 'files' && results.collectorImage !== undefined) {
      this.#find(this.#config.images, results.collectorImage, `suites.${suite.name}.results.collectorImage`);
    }
    new SuiteIdentity(file, 'identity', { chart, suite });
    if (SuiteNetwork.isNeeded(suite)) new SuiteNetwork(file, 'network', { chart, suite, services: network.uses, callers: [...new Set(callers)] });
    if (suite.serves.length > 0) new SuiteService(file, 'service', { chart, suite });
    new SuiteJob(file, 'job', { chart, suite, network });
  }

  #find<Value>(map: Readonly<Record<string, Value>>, key: string, where: string): Value {
    const value = map[key];
    if (value === undefined) throw new KubesuiteError('UNKNOWN_REFERENCE', `${where}: there is no '${key}' in the config`);
    return value;
  }
}

/** `worker-2` may be a suite, or the second shard of `worker`. */
function refuseSharedJobNames(suites: readonly ResolvedSuite[]): void {
  const owners = new Map<string, string>();
  for (const { name, shards } of suites) {
    const keys = shards === 1 ? [name] : Array.from({ length: shards }, (_, index) => `${name}-${index + 1}`);
    for (const key of keys) {
      const owner = owners.get(key);
      if (owner !== undefined) throw new KubesuiteError('DUPLICATE_NAME', `suites '${owner}' and '${name}' both make a Job called '${key}'`);
      owners.set(key, name);
    }
  }
}
