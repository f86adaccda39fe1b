import { createHash } from 'node:crypto';

/** Error codes that the collector script prints. */
export type RefusalCode = 'too-large' | 'unreadable' | 'unwritable' | 'missing-folder' | 'missing-tool';

/**
 * - `missing`: the log holds no frame (yet)
 * - `incomplete`: the frame has begun and not ended (yet)
 * - `truncated`: lines are gone, it cannot get better
 * - `corrupt`: lines, size or hash contradict each other
 * - `refused`: the collector itself said why there is nothing, or not everything
 */
export type FrameProblem = 'missing' | 'incomplete' | 'truncated' | 'corrupt' | 'refused';

export type Frame =
  | {
      readonly ok: true;
      readonly archive: Uint8Array;
      readonly size: number;
      readonly sha256: string;
      /** When the collector was done, on the clock of the pod's node, ISO 8601. */
      readonly packedAt?: string;
    }
  | {
      readonly ok: false;
      readonly problem: FrameProblem;
      readonly message: string;
      readonly code?: RefusalCode;
      /** What the collector could pack all the same; size and hash are right. */
      readonly archive?: Uint8Array;
    };

export interface FrameDecoder {
  /** Takes the next piece of the log, cut anywhere. */
  push(text: string): void;
  /** Nothing that follows can change the result. */
  readonly ended: boolean;
  /** The verdict on what was pushed so far. */
  result(): Frame;
}

export interface FrameLimits {
  /** Limit of the packed folder. */
  readonly maxBytes: number;
  /** Uid of the pod that they must be of: those of another attempt prove nothing. */
  readonly pod?: string;
}

export const defaultFrameLimits: FrameLimits = { maxBytes: 5 * 1024 * 1024 };

const maxLineLength = 8192;
const refusalCodes: ReadonlySet<string> = new Set<RefusalCode>(['too-large', 'unreadable', 'unwritable', 'missing-folder', 'missing-tool']);

export function isRefusalCode(code: string): code is RefusalCode {
  return refusalCodes.has(code);
}

/** Reads the log of a collector as it comes. Foreign lines are ignored, memory is bounded by `maxBytes`. */
export function createFrameDecoder(limits: FrameLimits = defaultFrameLimits): FrameDecoder {
  let rest = '';
  let oversized = false;
  let claim: { size: number; sha256: string } | undefined;
  let lines: string[] = [];
  let length = 0;
  let outcome: Frame | undefined;

  const fail = (problem: FrameProblem, message: string): void => {
    outcome = { ok: false, problem, message };
    lines = [];
  };

  function readLine(line: string): void {
    if (outcome !== undefined || !line.startsWith('kubesuite:')) return;
    const [, word = '', text = ''] = /^kubesuite:(\S+) ?(.*)$/s.exec(line.trimEnd()) ?? [];
    if (word === 'begin') begin(text);
    else if (word === 'end') end(text);
    else if (word === 'error') refuse(text);
    else if (/^[1-9]\d{0,8}$/.test(word)) data(Number(word), text);
  }

  function begin(text: string): void {
    const [, pod, size, sha256] = /^v=1 pod=(\S{1,63}) size=(\d{1,15}) sha256=([0-9a-f]{64})$/.exec(text) ?? [];
    if (size === undefined || sha256 === undefined) return fail('corrupt', `The collector's first line is not understood: ${quote(text)}.`);
    if (limits.pod !== undefined && limits.pod !== pod) return fail('corrupt', `The results are those of another pod (uid ${quote(pod ?? '')}).`);
    if (Number(size) > limits.maxBytes) return fail('corrupt', `The collector announces ${size} bytes, its limit is ${limits.maxBytes}.`);
    // A log that was read twice repeats its lines; another frame is somebody else's.
    if (claim !== undefined && claim.sha256 !== sha256) return fail('corrupt', 'The collector\'s log holds two different frames.');
    claim = { size: Number(size), sha256 };
  }

  function data(number: number, base64: string): void {
    if (claim === undefined) return fail('truncated', `The log starts at line ${number} of the results: its beginning was rotated away.`);
    if (number <= lines.length) return;
    if (number > lines.length + 1) return fail('truncated', `Lines ${lines.length + 1} to ${number - 1} of the results are missing.`);
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return fail('corrupt', `Line ${number} of the results is not base64.`);
    lines.push(base64);
    length += base64.length;
    if (length > Math.ceil(claim.size / 3) * 4) fail('corrupt', `The results are longer than the announced ${claim.size} bytes.`);
  }

  function end(text: string): void {
    if (claim === undefined) return fail('truncated', 'The log holds only the end of the results: its beginning was rotated away.');
    // An image without `date` gives no time, an older collector not even its name.
    const [, announced, seconds] = /^lines=(\d{1,9})(?:$| (?:at=(\d{1,11})$)?)/.exec(text) ?? [];
    if (announced === undefined) return fail('corrupt', `The collector's last line is not understood: ${quote(text)}.`);
    if (Number(announced) !== lines.length) return fail('truncated', `${lines.length} of ${announced} lines of the results arrived.`);
    const verified = verify(claim, lines);
    outcome = verified.ok && seconds !== undefined ? { ...verified, packedAt: new Date(Number(seconds) * 1000).toISOString() } : verified;
    lines = [];
  }

  function refuse(text: string): void {
    const [code = '', ...details] = text.split(' ');
    if (!isRefusalCode(code)) return fail('corrupt', `The collector reports an unknown error: ${quote(text)}.`);
    const partial = claim && verify(claim, lines);
    outcome = { ...refused(code, details.join(' ')), ...(partial?.ok && { archive: partial.archive }) };
    lines = [];
  }

  return {
    push(text) {
      let start = 0;
      for (let newline = text.indexOf('\n'); newline !== -1; newline = text.indexOf('\n', start)) {
        takeRest(text.slice(start, newline));
        if (!oversized) readLine(rest);
        else if (rest.startsWith('kubesuite:')) fail('corrupt', `A line of the results is longer than ${maxLineLength} characters.`);
        rest = '';
        oversized = false;
        start = newline + 1;
      }
      takeRest(text.slice(start));
    },
    get ended() {
      return outcome !== undefined;
    },
    result() {
      if (outcome !== undefined) return outcome;
      if (claim === undefined) return { ok: false, problem: 'missing', message: 'The collector printed no results.' };
      return { ok: false, problem: 'incomplete', message: `The results end after line ${lines.length}, without an end line.` };
    },
  };

  function takeRest(piece: string): void {
    const room = maxLineLength - rest.length;
    oversized ||= piece.length > room;
    rest += piece.slice(0, Math.max(0, room));
  }
}

/** What a refusal of the collector means, in words. */
export function refused(code: RefusalCode, details: string): Extract<Frame, { ok: false }> {
  const shown = details.slice(0, 500);
  const messages: Record<RefusalCode, string> = {
    'too-large': `The results folder is too large to be collected (${shown} bytes).`,
    unreadable: `Some results could not be read: ${shown}`,
    unwritable: `The collector could not write its temporary files: ${shown}`,
    'missing-folder': `The results folder ${shown} does not exist.`,
    'missing-tool': `The collector's image lacks ${shown.split(' ').join(', ')}: name a collector image.`,
  };
  return { ok: false, problem: 'refused', code, message: messages[code] };
}

function verify(claim: { size: number; sha256: string }, lines: readonly string[]): Frame {
  const archive = Buffer.from(lines.join(''), 'base64');
  if (archive.length !== claim.size) {
    return { ok: false, problem: 'corrupt', message: `The results have ${archive.length} bytes, ${claim.size} were announced.` };
  }
  if (createHash('sha256').update(archive).digest('hex') !== claim.sha256) {
    return { ok: false, problem: 'corrupt', message: 'The results do not have the announced SHA-256.' };
  }
  return { ok: true, archive, ...claim };
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}
