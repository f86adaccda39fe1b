import { containerNames } from '../../constructs/names.ts';
import type { ErrorCause } from '../events.ts';
import type { ClusterEventSnapshot, ContainerSnapshot, PodSnapshot } from '../observed.ts';
import { containerEvidence, eventEvidence } from './evidence.ts';
import { findImageTrouble } from './find-image-trouble.ts';
import { findMissingConfig } from './find-missing-config.ts';
import { hopelessSeconds, refusalSeconds, type Finding } from './finding.ts';

const startReasons: ReadonlySet<string> = new Set(['CreateContainerError', 'RunContainerError', 'StartError', 'ContainerCannotRun', 'CrashLoopBackOff', 'PostStartHookError']);

/** Why a container of the pod does not start; undefined while nothing speaks against it. */
export function findContainerTrouble(pod: PodSnapshot, events: readonly ClusterEventSnapshot[]): Finding | undefined {
  const about = events.filter(({ object }) => object === `Pod/${pod.name}`);
  const name = (['guard', 'collector', 'suite'] as const).find((key) => isStuck(pod[key]));
  const container = name && pod[name];
  return (container && findByReason(containerNames[name], container, about)) ?? findByEvent(about);
}

/** Also a sidecar that was started in vain: it is started again and again, and shows that as its end. */
function isStuck(container: ContainerSnapshot | undefined): boolean {
  if (container?.state === 'terminated') return startReasons.has(container.reason);
  return container?.state === 'waiting' && container.reason !== 'PodInitializing' && container.reason !== 'ContainerCreating' && container.reason !== '';
}

function findByReason(name: string, container: ContainerSnapshot, events: readonly ClusterEventSnapshot[]): Finding | undefined {
  const { reason, message } = container;
  const failure = events.findLast((event) => event.reason === 'Failed' && !/^Error: \w*Image\w*$/.test(event.message));
  const image = findImageTrouble(name, container, failure?.message ?? '');
  if (image !== undefined) return image;
  const evidence = [containerEvidence(name, container)];
  if (reason === 'CreateContainerConfigError') {
    const missing = findMissingConfig(message);
    if (missing !== undefined) return { ...missing, evidence };
    // The user is that of the suite, whichever container is the first to be made with it.
    const isUser = /runAsNonRoot|non-root/.test(message);
    return { cause: isUser ? 'container-start' : causeOf(name), message: `Container ${name} cannot be made: ${message}`, graceSeconds: isUser ? hopelessSeconds : refusalSeconds, evidence };
  }
  if (!startReasons.has(reason)) return undefined;
  // A container that crashes again and again says `back-off` only; the Event says why.
  const why = reason === 'CrashLoopBackOff' ? failure : undefined;
  return {
    cause: causeOf(name),
    message: `Container ${name} cannot start: ${startFailure(why?.message ?? message) || reason}`,
    graceSeconds: refusalSeconds,
    evidence: [...evidence, ...(why === undefined ? [] : [eventEvidence(why)])],
  };
}

/** The end of what each layer of the container runtime puts its own words before. */
export function startFailure(message: string): string {
  return message.replace(/^.*unable to start container process: /s, '').replace(/: unknown$/, '');
}

function causeOf(name: string): ErrorCause {
  if (name === containerNames.collector) return 'collector-failed';
  return name === containerNames.guard ? 'guard-failed' : 'container-start';
}

function findByEvent(events: readonly ClusterEventSnapshot[]): Finding | undefined {
  const failure = events.findLast(({ reason }) => reason === 'FailedMount' || reason === 'FailedAttachVolume');
  if (failure === undefined) return undefined;
  const evidence = [eventEvidence(failure)];
  const missing = findMissingConfig(failure.message);
  return missing === undefined ? { cause: 'volume', message: `A volume cannot be mounted: ${failure.message}`, evidence } : { ...missing, evidence };
}
