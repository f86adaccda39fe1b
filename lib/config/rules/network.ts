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

function checkDenies(path: Path, { uses = [], denies = [] }: DraftSuite, { services = {} }: Draft): readonly Finding[] {
  return denies.flatMap((denied, index) => {
    if (denied === undefined) return [];
    const at = [...path, index];
    if (uses.includes(denied)) return [{ path: at, rule: "must not be among the suite's uses as well", hint: 'leave it out of one of both' }];
    const service = Object.hasOwn(services, denied) ? services[denied] : undefined;
    if (service === undefined) return [];
    if (service.protocol === 'UDP') return [{ path: at, rule: 'must be a service of TCP: whether a port of UDP is closed cannot be seen' }];
    if (hostOf(denied, service) !== undefined) return [];
    return [{ path: at, rule: 'must be a service that the guard can try to reach', hint: `write services.${denied}.host, one of its addresses` }];
  });
}

function checkServes(path: Path, { serves = [] }: DraftSuite): readonly Finding[] {
  const seen = new Set<string>();
  return serves.flatMap((served, index) => {
    const key = `${served?.port ?? ''}/${served?.protocol ?? 'TCP'}`;
    if (served?.port === undefined || !seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ path: [...path, index, 'port'], rule: 'must be another port than those before it', hint: "add to the 'from' of the first" }];
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
