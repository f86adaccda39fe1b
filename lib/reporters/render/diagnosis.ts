import type { Evidence } from '../../run/diagnosis/evidence.ts';
import type { Diagnosis, SuiteReport, WarningReport } from '../../run/report.ts';
import { oneLine } from './sanitize.ts';

const mostEvidence = 5;

/** `Pod shop-ping-x1: FailedScheduling: 0/1 nodes are available`, a line each. */
export function renderEvidence({ evidence }: Diagnosis): readonly string[] {
  return evidence.slice(0, mostEvidence).map(({ kind, name, reason, message }: Evidence) => oneLine([`${kind} ${name}`, reason, message].filter(Boolean).join(': ')));
}

/** What to do, commands with a `$` before them, and where more is said. */
export function renderAdvice({ hint, commands, docs }: Diagnosis): readonly string[] {
  return [oneLine(hint), ...commands.map((command) => `$ ${oneLine(command)}`), oneLine(docs)];
}

/** Warnings that the evidence does not hold already; the kubelet tells a status once more as an Event. */
export function furtherEvents({ events, diagnosis }: SuiteReport): readonly WarningReport[] {
  const told = (diagnosis?.evidence ?? []).map(({ message }) => message);
  const isTold = (message: string): boolean => message !== '' && told.some((text) => text.includes(message.replace(/^Error: /, '')));
  return events.filter(({ message }) => !isTold(message));
}
