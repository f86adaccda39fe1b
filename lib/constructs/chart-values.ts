import { field, group, optional } from '../chart/values.ts';
import type { ValueField, ValueGroup } from '../chart/values.ts';
import type { ResolvedConfig, ResolvedImage, ResolvedSuite, ResolvedType } from '../config/resolved.ts';
import { valueSchemas as schemas } from '../config/schema/values.ts';
import { plainEnv, referencedEnv } from './suite-env.ts';

/** What an installer may change. Everything else is in the templates, as the config says it. */
export function chartValues(config: ResolvedConfig): ValueGroup {
  const { production, networkPolicy, priorityClasses } = config;
  return group('', {
    run: group('The run that the Jobs belong to.', {
      id: field(
        'Part of every Job name: a new one runs every suite again. Without it an upgrade runs only what has changed.',
        '',
        schemas.runId,
      ),
    }),
    trigger: field(
      'What starts the suites: `job`: the install itself; `argocd-postsync`: Argo CD, after each sync; `cronjob-template`: somebody, by hand, from suspended CronJobs.',
      config.trigger,
      schemas.trigger,
    ),
    start: field(
      'When the Jobs start: `all`: at once; `controlled`: suspended until the CLI starts them by priority, needs and room in quotas. It goes with trigger `job` only, and not with queueName.',
      config.start,
      schemas.start,
    ),
    productionMode: field('Takes images as `production` says. It changes nothing else.', false, schemas.flag),
    production: group('What productionMode switches.', {
      registry: field('Replaces the registry of every image; empty keeps them.', production.registry, schemas.registry),
      pullPolicy: field('Pull policy of every image.', production.pullPolicy, schemas.pullPolicy),
      pullSecrets: field('Names of the Secrets to pull with, besides all others.', production.pullSecrets, schemas.pullSecrets),
    }),
    registry: field('Replaces the registry of every image; empty keeps them.', '', schemas.registry),
    pullSecrets: field('Names of the Secrets to pull every image with.', [], schemas.pullSecrets),
    images: group('The images of the suites.', entries(Object.values(config.images), imageValues)),
    suites: { ...group('The suites. What a suite says comes before what its type says, and that before what is said for all.', entries(config.suites, suiteValues)), anyName: config.layout === 'range' },
    types: group('The types of the suites.', entries(Object.values(config.types), typeValues)),
    networkPolicy: group('NetworkPolicies: nothing in, and out only to DNS and to what a suite uses.', {
      enabled: field('Whether they are created. They have no effect without a network plugin that knows them.', networkPolicy.enabled, schemas.flag),
      extraEgressCidrs: field('Addresses that every suite may reach, on every port.', [], schemas.cidrs),
      apiServerCidrs: field('Addresses of the Kubernetes API, for suites that have a token (ports 443 and 6443); none: they do not reach it.', ['0.0.0.0/0'], schemas.cidrs),
    }),
    priorityClasses: group('A PriorityClass for each type. They belong to the whole cluster, which needs the right to create them.', {
      create: field('Whether they are created. It also lets each quota count its own type only.', priorityClasses.create, schemas.flag),
    }),
    queueName: field('LocalQueue of Kueue that the Jobs wait in; empty: they start at once.', '', schemas.queueName),
    ...placement({ nodeSelector: {}, tolerations: [], labels: {}, annotations: {} }),
    global: field('Values of a parent chart; not used here.', {}, schemas.anything),
  });
}

type Placement = Required<Pick<ResolvedType, 'nodeSelector' | 'tolerations' | 'labels' | 'annotations'>>;

/** What can be said for all suites, for a type and for a suite. */
function placement({ nodeSelector, tolerations, labels, annotations }: Placement): Readonly<Record<keyof Placement, ValueField>> {
  return {
    nodeSelector: field('Labels that a node must have to run the pods.', nodeSelector, schemas.nodeSelector),
    tolerations: field('Taints of nodes that do not keep the pods away.', tolerations.map((toleration) => ({ ...toleration })), schemas.tolerations),
    labels: field('Labels added to the Jobs and their pods.', labels, schemas.labels),
    annotations: field('Annotations added to the Jobs and their pods.', annotations, schemas.annotations),
  };
}

function optionalPlacement(given: Partial<Placement>): Readonly<Record<string, ValueField>> {
  const fields = placement({ nodeSelector: {}, tolerations: [], labels: {}, annotations: {}, ...given });
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, optional(value)]));
}

function typeValues(type: ResolvedType): ValueGroup {
  return group(
    'What suites of one type have in common.',
    {
      priority: field('Value of its PriorityClass.', type.priority, schemas.priority),
      quota: field('What all pods of the type may use together, as `hard` of a ResourceQuota; empty: no limit.', type.quota ?? {}, schemas.quota),
      limits: optional(field('Limits of suite containers, by resource, where the suite has none of its own.', {}, schemas.limits)),
      queueName: optional(field('Instead of the `queueName` of all suites.', '', schemas.queueName)),
      ...optionalPlacement(type),
    },
    'type',
  );
}

function imageValues({ registry, repository, tag, digest, pullPolicy }: ResolvedImage): ValueGroup {
  return group(
    'An image that suites run in.',
    {
      registry: field('Host of the registry; empty: part of the repository.', registry, schemas.registry),
      repository: field('Path of the image.', repository, schemas.repository),
      tag: field('Tag; a digest wins over it.', tag, schemas.tag),
      digest: field('Digest, `sha256:…`, or empty.', digest ?? '', schemas.digest),
      pullPolicy: field('When the image is pulled.', pullPolicy, schemas.pullPolicy),
      pullSecrets: optional(field('Names of the Secrets to pull it with, besides those for every image.', [], schemas.pullSecrets)),
    },
    'image',
  );
}

function suiteValues(suite: ResolvedSuite): ValueGroup {
  const referenced = referencedEnv(suite);
  return group(
    'A suite: one Job, or one for each shard.',
    {
      enabled: field('Whether the suite is part of the release.', true, schemas.flag),
      resources: field('Requests and limits of the suite container.', withoutEmpty(suite.resources), schemas.resources),
      env: field('Environment variables; more can be added.', plainEnv(suite), schemas.env),
      timeoutSeconds: field('Deadline of the pod, image pull included.', suite.timeoutSeconds, schemas.timeoutSeconds),
      retries: field('How often a failed suite runs again.', suite.retries, schemas.retries),
      infraRetries: field('How often a suite runs again whose pod the cluster took away.', suite.infraRetries, schemas.retries),
      ...optionalPlacement(suite),
    },
    'suite',
    referenced.length === 0 ? undefined : { properties: { env: { properties: Object.fromEntries(referenced.map((name) => [name, false])) } } },
  );
}

function entries<Item extends { readonly name: string }>(items: readonly Item[], toGroup: (item: Item) => ValueGroup): Readonly<Record<string, ValueGroup>> {
  return Object.fromEntries(items.map((item) => [item.name, toGroup(item)]));
}

function withoutEmpty(resources: ResolvedSuite['resources']): Record<string, Readonly<Record<string, string>>> {
  return Object.fromEntries(Object.entries(resources).filter(([, quantities]) => Object.keys(quantities).length > 0));
}
