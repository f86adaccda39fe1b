import { admits, type Target } from '../admits.ts';
import { defaults } from '../defaults.ts';
import { entriesOf, typeOf, type Draft, type DraftSuite } from '../draft.ts';
import { hostOf } from '../host-of.ts';
import type { Finding, Path } from '../problem.ts';
import { resolveGuard } from '../resolve-guard.ts';
import { parseDuration } from '../schema/duration.ts';

/** A suite's network contract can be kept, and its guard can tell. */
export function checkNetwork(draft: Draft): readonly Finding[] {
  return entriesOf(draft.suites).flatMap(([name, suite]) => [
    ...checkDenies(['suites', name, 'denies'], suite, draft),
    ...checkServes(['suites', name, 'serves'], suite),
    ...checkTimeout(['suites', name], suite, draft),
  ]);
}

/** What `DefaultNetwork` lets all suites reach. */
const dns: readonly Target[] = [
  { port: 53, namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' } },
  { port: 53, cidrs: ['169.254.20.10/32', '169.254.169.254/32'] },
];

function checkDenies(path: Path, { uses = [], denies = [], serviceAccount }: DraftSuite, { services = {} }: Draft): readonly Finding[] {
  const find = (name: string | undefined) => (name !== undefined && Object.hasOwn(services, name) ? services[name] : undefined);
  return denies.flatMap((denied, index) => {
    if (denied === undefined) return [];
    const at = [...path, index];
    if (uses.includes(denied)) return [{ path: at, rule: "must not be among the suite's uses as well", hint: 'leave it out of one of both' }];
    const service = find(denied);
    if (service === undefined) return [];
    if (service.protocol === 'UDP') return [{ path: at, rule: 'must be a service of TCP: whether a port of UDP is closed cannot be seen' }];
    const host = hostOf(denied, service);
    if (host === undefined) return [{ path: at, rule: 'must be a service that the guard can try to reach', hint: `write services.${denied}.host, one of its addresses` }];
    const used = uses.find((name) => admits(find(name) ?? {}, service));
    if (used !== undefined) return [{ path: at, rule: `must not be what the suite's use of '${used}' allows: the same pods or addresses, at the same targetPort`, hint: 'leave one of both out, or tell them apart' }];
    if (dns.some((target) => admits(target, service))) return [{ path: at, rule: 'must not be the DNS of the cluster, which all suites may ask', hint: 'leave it out' }];
    if (serviceAccount !== undefined && apiServer.test(host)) return [{ path: at, rule: 'must not be the Kubernetes API, which the suite may call with its serviceAccount', hint: 'leave one of both out' }];
    return [];
  });
}

/** Its other names and its addresses cannot be told from those of other services. */
const apiServer = /^kubernetes\.default(?:\.svc(?:\.|$)|$)/;

function checkServes(path: Path, { serves = [] }: DraftSuite): readonly Finding[] {
  const seen = new Map<number, string>();
  return serves.flatMap((served, index) => {
    if (served?.port === undefined) return [];
    const { port, protocol = 'TCP' } = served;
    const before = seen.get(port);
    if (before === undefined) {
      seen.set(port, protocol);
      return [];
    }
    const at = [...path, index, 'port'];
    if (before === protocol) return [{ path: at, rule: 'must be another port than those before it', hint: "add to the 'from' of the first" }];
    // Helm 3 and Argo CD patch ports of a Service by their number alone, and lose one of both.
    return [{ path: at, rule: 'must be another port than those before it, also by another protocol: an upgrade could lose one of both', hint: 'serve one of them at another port' }];
  });
}

/** The guard gives up first, because it knows the reason. */
function checkTimeout(owner: Path, suite: DraftSuite, draft: Draft): readonly Finding[] {
  const type = typeOf(suite, draft);
  const guard = resolveGuard(suite, type);
  if (guard === undefined) return [];
  const start = parseDuration(suite.startTimeout ?? type?.startTimeout ?? defaults.startTimeout) ?? 0;
  const total = parseDuration(suite.timeout ?? type?.timeout ?? defaults.timeout) ?? 0;
  const [limit, least] = start <= total ? ['startTimeout', start] : ['timeout', total];
  if (guard.timeoutSeconds < least) return [];
  const path = [...owner, 'network', 'timeout'];
  return [{ path, received: `${guard.timeoutSeconds}s`, rule: `must be shorter than the ${limit} of ${least}s, or the reason would not be known`, hint: `raise ${limit}, or lower network.timeout` }];
}
