import { isRefusalCode, refused, type Frame, type RefusalCode } from './frame.ts';

/** What the collector left in its container status, which outlives its log. */
export type TerminationMessage =
  | { readonly kind: 'packed'; readonly size: number; readonly sha256: string }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly details: string };

/** Undefined: the collector left nothing that it could have written itself. */
export function parseTerminationMessage(text: string): TerminationMessage | undefined {
  const [, size, sha256] = /^size=(\d{1,15}) sha256=([0-9a-f]{64})\s*$/.exec(text) ?? [];
  if (size !== undefined && sha256 !== undefined) return { kind: 'packed', size: Number(size), sha256 };
  const [, code, details = ''] = /^error=(\S+) ?([^]*)$/.exec(text) ?? [];
  return code !== undefined && isRefusalCode(code) ? { kind: 'refused', code, details: details.trimEnd() } : undefined;
}

/**
 * Judges the frame of a collector that has terminated. Two witnesses that contradict each other are
 * never good news, and a log that has not ended by now never will.
 */
export function checkFrame(frame: Frame, terminationMessage: string): Frame {
  const witness = parseTerminationMessage(terminationMessage);
  if (frame.ok) return witness === undefined ? frame : compare(frame, witness);
  if (frame.problem !== 'missing' && frame.problem !== 'incomplete') return frame;
  if (witness?.kind === 'refused') return refused(witness.code, witness.details);
  if (witness === undefined && frame.problem === 'missing') return frame;
  return {
    ok: false,
    problem: 'truncated',
    message: witness === undefined ? frame.message : `The collector packed ${witness.size} bytes, but its log does not hold all of them. ${frame.message}`,
  };
}

function compare(frame: Extract<Frame, { ok: true }>, witness: TerminationMessage): Frame {
  if (witness.kind === 'packed' && witness.sha256 === frame.sha256 && witness.size === frame.size) return frame;
  const claim = witness.kind === 'packed' ? `${witness.size} bytes with another SHA-256` : `the error ${witness.code} ${witness.details}`.trimEnd();
  return { ok: false, problem: 'corrupt', message: `The collector's log holds complete results, but its termination message says ${claim}.` };
}
