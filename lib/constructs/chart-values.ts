import type { ResolvedConfig, ResolvedImage, ResolvedSuite, ResolvedType } from '../config/resolved.ts';
import { field, group, optional, schemas } from '../chart/values.ts';
import type { ValueGroup } from '../chart/values.ts';
import { highestPriority } from '../config/schema/type.ts';
import { plainEnv, referencedEnv } from './suite-env.ts';

/** What an installer may change. Everything else is in the templates, as the config says it. */
export function chartValues(config: ResolvedConfig): ValueGroup {
  const { production, networkPolicy, priorityClasses } = config;
  return group('', {
    run: group('The run that the Jobs belong to.', {
      id: field(
        'Part of every Job name: a new one runs every suite again. Without it an upgrade runs only what has changed.',
        '',
        { type: 'string', pattern: '^([a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?)?$' },
      ),
    }),
    productionMode: field('Takes images as `production` says. It changes nothing else.', false, schemas.boolean),
    production: group('What productionMode switches.', {
      registry: field('Replaces the registry of every image; empty keeps them.', production.registry, schemas.string),
      pullPolicy: field('Pull policy of every image.', production.pullPolicy, schemas.pullPolicy),
      pullSecrets: field('Names of the Secrets to pull with.', production.pullSecrets, schemas.names),
    }),
    images: group('The images of the suites.', entries(Object.values(config.images), imageValues)),
    suites: group('The suites.', entries(config.suites, suiteValues)),
    types: group('The types of the suites.', entries(Object.values(config.types), typeValues)),
    networkPolicy: group('A NetworkPolicy for each suite: nothing in, and out only to DNS and to what the suite uses.', {
      enabled: field('Whether they are created. They have no effect without a network plugin that knows them.', networkPolicy.enabled, schemas.boolean),
      extraEgressCidrs: field('Addresses that every suite may reach, on every port.', [], schemas.cidrs),
      apiServerCidrs: field('Addresses of the Kubernetes API, for suites that have a token (ports 443 and 6443).', ['0.0.0.0/0'], schemas.cidrs),
    }),
    priorityClasses: group('A PriorityClass for each type. They belong to the whole cluster, which needs the right to create them.', {
      create: field('Whether they are created. It also lets each quota count its own type only.', priorityClasses.create, schemas.boolean),
    }),
    queueName: field('LocalQueue of Kueue that the Jobs wait in; empty: they start at once.', '', schemas.queue),
    nodeSelector: field('Labels of the nodes that suites may run on, added to those of the suite.', {}, schemas.strings),
    global: field('Values of a parent chart; not used here.', {}, { type: 'object' }),
  });
}

function typeValues({ priority, quota }: ResolvedType): ValueGroup {
  const description = 'What all pods of the type may use together, as `hard` of a ResourceQuota; empty: no limit.';
  return group(
    '',
    {
      priority: field('Value of its PriorityClass.', priority, { type: 'integer', minimum: -highestPriority, maximum: highestPriority }),
      quota: field(description, quota ?? {}, schemas.quantities),
      queueName: optional(field('Instead of the `queueName` of all suites.', '', schemas.queue)),
    },
    'type',
  );
}

function imageValues({ registry, repository, tag, digest, pullPolicy }: ResolvedImage): ValueGroup {
  return group(
    '',
    {
      registry: field('Host of the registry; empty: part of the repository.', registry, schemas.string),
      repository: field('Path of the image.', repository, { type: 'string', minLength: 1 }),
      tag: field('Tag; a digest wins over it.', tag, schemas.string),
      digest: field('Digest, `sha256:…`, or empty.', digest ?? '', { type: 'string', pattern: '^([a-z0-9]+:[0-9a-f]{32,})?$' }),
      pullPolicy: field('When the image is pulled.', pullPolicy, schemas.pullPolicy),
    },
    'image',
  );
}

function suiteValues(suite: ResolvedSuite): ValueGroup {
  const referenced = referencedEnv(suite);
  return group(
    '',
    {
      enabled: field('Whether the suite is part of the release.', true, schemas.boolean),
      resources: field('Requests and limits of the suite container.', withoutEmpty(suite.resources), schemas.resources),
      env: field('Environment variables; more can be added.', plainEnv(suite), schemas.env),
      timeoutSeconds: field('Deadline of the pod, image pull included.', suite.timeoutSeconds, { type: 'integer', minimum: 1 }),
      retries: field('How often a failed suite runs again.', suite.retries, { type: 'integer', minimum: 0, maximum: 10 }),
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
