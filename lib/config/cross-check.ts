import { formatPath, show, type ConfigProblem } from './problem.ts';
import { parseQuantity } from './schema/grammar.ts';
import { didYouMean } from './suggest.ts';

type Loose = Readonly<Record<string, unknown>>;

/**
 * Rules that need more than one value. They read the config as the user wrote it, valid or not, so
 * that they are reported together with all other problems.
 */
export function crossCheck(input: unknown): readonly ConfigProblem[] {
  const config = asRecord(input);
  const suites = Object.entries(asRecord(config['suites']));
  return [
    ...(suites.length === 0 ? [{ path: 'suites', rule: 'must hold at least one suite' }] : []),
    ...suites.flatMap(([name, suite]) => checkSuite(['suites', name], asRecord(suite), config)),
    ...checkJobNames(suites),
    ...Object.entries(asRecord(config['types'])).flatMap(([name, type]) => checkResources(['types', name], asRecord(type))),
    ...Object.entries(asRecord(config['services'])).flatMap(([name, service]) => checkService(['services', name], asRecord(service))),
    ...Object.entries(asRecord(config['images'])).flatMap(([name, image]) => checkImage(['images', name], asRecord(image))),
  ];
}

function checkSuite(path: readonly string[], suite: Loose, config: Loose): readonly ConfigProblem[] {
  const results = asRecord(suite['results']);
  const uses = Array.isArray(suite['uses']) ? (suite['uses'] as unknown[]) : [];
  return [
    ...checkReference([...path, 'type'], suite['type'], config, 'types'),
    ...checkReference([...path, 'image'], suite['image'], config, 'images'),
    ...checkReference([...path, 'results', 'collectorImage'], results['collectorImage'], config, 'images'),
    ...uses.flatMap((use, index) => checkReference([...path, 'uses', String(index)], use, config, 'services')),
    ...checkResources(path, suite),
    ...checkRoot(path, suite, asRecord(asRecord(config['types'])[String(suite['type'])])),
    ...checkMounts(path, suite, results),
  ];
}

function checkReference(path: readonly string[], value: unknown, config: Loose, section: string): readonly ConfigProblem[] {
  if (typeof value !== 'string') return [];
  const known = Object.keys(asRecord(config[section]));
  if (known.includes(value)) return [];
  return [{ path: formatPath(path), rule: `must be one of ${section}`, received: show(value), hint: didYouMean(value, known) }];
}

function checkResources(path: readonly string[], owner: Loose): readonly ConfigProblem[] {
  const resources = asRecord(owner['resources']);
  const requests = { ...pick(resources, 'cpu', 'memory'), ...asRecord(resources['requests']) };
  const limits = { ...pick(resources, 'memory'), ...asRecord(resources['limits']) };
  return Object.entries(requests).flatMap(([resource, request]) => {
    const limit = limits[resource];
    const [wanted, most] = [parseQuantity(String(request)), parseQuantity(String(limit))];
    if (wanted === undefined || most === undefined || wanted <= most) return [];
    return [{ path: formatPath([...path, 'resources', resource]), rule: `must not request more than its limit (${String(limit)})`, received: show(request) }];
  });
}

function checkRoot(path: readonly string[], suite: Loose, type: Loose): readonly ConfigProblem[] {
  const user = suite['runAsUser'] ?? type['runAsUser'];
  const level = suite['podSecurity'] ?? type['podSecurity'] ?? 'restricted';
  if (user !== 0 || level !== 'restricted') return [];
  return [{ path: formatPath([...path, 'runAsUser']), rule: 'must not be root, which PodSecurity restricted refuses', received: '0', hint: "write another user id, or podSecurity: 'baseline'" }];
}

/** The pod has writable folders of its own at these paths. */
const reservedMounts = ['/tmp', '/home/suite', '/kubesuite'];

function checkMounts(path: readonly string[], suite: Loose, results: Loose): readonly ConfigProblem[] {
  const volumes = Array.isArray(suite['volumes']) ? suite['volumes'].map(asRecord) : [];
  const seen = new Set([...reservedMounts, typeof results['path'] === 'string' ? results['path'] : '/results']);
  return volumes.flatMap(({ mountPath }, index) => {
    if (typeof mountPath !== 'string') return [];
    const isTaken = seen.has(mountPath);
    seen.add(mountPath);
    if (!isTaken) return [];
    return [{ path: formatPath([...path, 'volumes', String(index), 'mountPath']), rule: 'must not be mounted twice', received: show(mountPath), hint: `taken: ${[...seen].join(', ')}` }];
  });
}

/** Suite `a` with two shards makes the Jobs `a-1` and `a-2`, which no other suite may be called. */
function checkJobNames(suites: readonly (readonly [string, unknown])[]): readonly ConfigProblem[] {
  const owners = new Map<string, string>([
    ['suites', 'the list of suites'],
    ['collector', 'the collector script'],
  ]);
  return suites.flatMap(([name, suite]) => {
    const shards = asRecord(suite)['shards'];
    const keys = typeof shards === 'number' && shards > 1 && shards <= 100 ? Array.from({ length: shards }, (_, index) => `${name}-${index + 1}`) : [];
    const problems = [name, ...keys].flatMap((key) => {
      const owner = owners.get(key);
      return owner === undefined ? [] : [{ path: formatPath(['suites', name]), rule: `must not make the name '${key}', which belongs to ${owner}`, hint: 'rename one of them' }];
    });
    for (const key of [name, ...keys]) owners.set(key, `suite '${name}'`);
    return problems;
  });
}

function checkService(path: readonly string[], service: Loose): readonly ConfigProblem[] {
  const hasPods = Object.keys(asRecord(service['podLabels'])).length > 0;
  if (hasPods !== (service['cidrs'] !== undefined)) return [];
  return [{ path: formatPath(path), rule: 'must have either podLabels or cidrs', hint: 'podLabels for pods in the cluster, cidrs for addresses outside' }];
}

function checkImage(path: readonly string[], image: Loose): readonly ConfigProblem[] {
  if (image['repository'] === undefined || image['tag'] !== undefined || image['digest'] !== undefined) return [];
  return [{ path: formatPath(path), rule: 'must have a tag or a digest', hint: "an image without one is 'latest', which nobody can reproduce" }];
}

function pick(record: Loose, ...keys: readonly string[]): Loose {
  return Object.fromEntries(keys.filter((key) => record[key] !== undefined).map((key) => [key, record[key]]));
}

function asRecord(value: unknown): Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {};
}
