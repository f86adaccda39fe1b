import { createHash, randomBytes, randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createFrameDecoder } from '../../../lib/run/results/frame.ts';
import { decodeFrame } from '../../support/decode-frame.ts';
import { checkFrame, parseTerminationMessage } from '../../../lib/run/results/termination-message.ts';

const archive = randomBytes(20_000);
const sha256 = createHash('sha256').update(archive).digest('hex');
const otherSha256 = sha256.replace(/./, (digit) => (digit === '0' ? '1' : '0'));

function frameLines(bytes: Uint8Array = archive): string[] {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const data = Buffer.from(bytes).toString('base64').match(/.{1,6000}/g) ?? [''];
  return [`kubesuite:begin v=1 pod=p1 size=${bytes.length} sha256=${hash}`, ...data.map((line, index) => `kubesuite:${index + 1} ${line}`), `kubesuite:end lines=${data.length}`];
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

function without(index: number): string {
  return text(frameLines().toSpliced(index, 1));
}

describe('a complete frame', () => {
  test('is decoded, between foreign lines, with CRLF, read twice, without a last newline', () => {
    const complete = { ok: true, archive, size: 20_000, sha256 };
    expect(decodeFrame(text(frameLines()))).toEqual(complete);
    expect(decodeFrame(text(['gzip: warning', '', ...frameLines().flatMap((line) => [line, 'x'.repeat(100_000), 'kubesuite: hello']), 'bye']))).toEqual(complete);
    expect(decodeFrame(frameLines().join('\r\n'))).toEqual(complete);
    expect(decodeFrame(text([...frameLines().slice(0, 3), ...frameLines(), ...frameLines()]))).toEqual(complete);
  });

  test.each([
    ['lines=5 at=1767225600', '2026-01-01T00:00:00.000Z'],
    ['lines=5 at=', undefined],
    ['lines=5 at=Thu', undefined],
    ['lines=5 at=99999999999999', undefined],
    ['lines=5 a', undefined],
  ])('tells the time when it can: %s', (end, packedAt) => {
    expect(decodeFrame(text(frameLines().toSpliced(-1, 1, `kubesuite:end ${end}`)))).toEqual({ ok: true, archive, size: 20_000, sha256, ...(packedAt && { packedAt }) });
  });

  test('is decoded however the log is cut into pieces', () => {
    const log = text(frameLines());
    for (let round = 0; round < 20; round++) {
      const decoder = createFrameDecoder();
      for (let start = 0; start < log.length; ) {
        expect(decoder.ended).toBe(false);
        const end = start + randomInt(1, 3000);
        decoder.push(log.slice(start, end));
        start = end;
      }
      expect(decoder.ended).toBe(true);
      expect(decoder.result()).toMatchObject({ ok: true, sha256 });
    }
  });
});

test('every prefix of a frame can still become one', () => {
  const log = text(frameLines(randomBytes(50)));
  for (let length = 0; length < log.length - 1; length++) {
    const decoder = createFrameDecoder();
    decoder.push(log.slice(0, length));
    expect(decoder.result()).toMatchObject({ ok: false, problem: length <= log.indexOf('\n') ? 'missing' : 'incomplete' });
    decoder.push(log.slice(length));
    expect(decoder.result()).toMatchObject({ ok: true });
  }
});

describe('a broken frame', () => {
  test.each([
    ['its beginning', 0],
    ['its first line', 1],
    ['a line in its middle', 2],
    ['its last line', 5],
  ])('without %s is truncated', (_, index) => {
    expect(decodeFrame(without(index))).toMatchObject({ ok: false, problem: 'truncated' });
  });

  test('that only its end is left of is truncated', () => {
    expect(decodeFrame(text(frameLines().slice(-1)))).toMatchObject({ ok: false, problem: 'truncated' });
  });

  test.each([
    ['no pod', (lines: string[]) => lines.with(0, `kubesuite:begin v=1 size=20000 sha256=${sha256}`)],
    ['another size', (lines: string[]) => lines.with(0, `kubesuite:begin v=1 pod=p1 size=19999 sha256=${sha256}`)],
    ['another hash', (lines: string[]) => lines.with(0, `kubesuite:begin v=1 pod=p1 size=20000 sha256=${otherSha256}`)],
    ['an unknown version', (lines: string[]) => lines.with(0, `kubesuite:begin v=2 size=20000 sha256=${sha256}`)],
    ['an enormous size', (lines: string[]) => lines.with(0, `kubesuite:begin v=1 pod=p1 size=999999999999 sha256=${sha256}`)],
    ['a flipped character', (lines: string[]) => lines.with(2, lines[2]?.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')) ?? '')],
    ['a line that is not base64', (lines: string[]) => lines.with(2, 'kubesuite:2 not base64!')],
    ['an empty line of data', (lines: string[]) => lines.with(2, 'kubesuite:2 ')],
    ['a line that is too long', (lines: string[]) => lines.with(2, `kubesuite:2 ${'A'.repeat(9000)}`)],
    ['more data than announced', (lines: string[]) => lines.toSpliced(-1, 1, 'kubesuite:6 AAAA', 'kubesuite:end lines=6')],
    ['padding inside', (lines: string[]) => lines.with(1, 'kubesuite:1 AA==')],
    ['another frame inside', (lines: string[]) => lines.toSpliced(2, 0, `kubesuite:begin v=1 pod=p1 size=1 sha256=${otherSha256}`)],
    ['a senseless end', (lines: string[]) => lines.toSpliced(-1, 1, 'kubesuite:end')],
    ['an unknown error', (lines: string[]) => lines.toSpliced(-1, 1, 'kubesuite:error tired')],
  ])('with %s is corrupt', (_, change) => {
    const decoded = decodeFrame(text(change(frameLines())));
    expect(decoded).toMatchObject({ ok: false, problem: expect.stringMatching(/corrupt|truncated/), message: expect.stringMatching(/\.$/) });
  });

  test('of another pod is corrupt', () => {
    const limits = { maxBytes: 20_000, pod: 'p1' };
    expect(decodeFrame(text(frameLines()), limits)).toMatchObject({ ok: true });
    expect(decodeFrame(text(frameLines()), { ...limits, pod: 'p2' })).toMatchObject({ ok: false, problem: 'corrupt', message: expect.stringContaining('another pod') });
  });

  test('does not make the reader hoard: lines without end, frames without end', () => {
    const decoder = createFrameDecoder({ maxBytes: 1000 });
    decoder.push(`kubesuite:begin v=1 pod=p1 size=1000 sha256=${sha256}\n`);
    for (let line = 1; line < 10_000; line++) decoder.push(`kubesuite:${line} ${'A'.repeat(4000)}\n`);
    expect(decoder.result()).toMatchObject({ ok: false, problem: 'corrupt' });
    const endless = createFrameDecoder();
    for (let piece = 0; piece < 1000; piece++) endless.push('x'.repeat(100_000));
    expect(endless.result()).toMatchObject({ ok: false, problem: 'missing' });
  });

  test('never throws, whatever the log says', () => {
    const words = ['kubesuite:', 'begin', 'v=1', `size=3 sha256=${sha256}`, 'end', 'lines=1', '1 ', '2 ', 'AAAA', '=', '\n', ' ', 'error', 'too-large', '\r', '\0', '-1', '99999999999'];
    for (let round = 0; round < 3000; round++) {
      const log = Array.from({ length: randomInt(1, 40) }, () => words[randomInt(words.length)]).join('');
      expect(decodeFrame(log).ok).toBe(false);
    }
  });
});

describe('a refusal', () => {
  test.each([
    ['too-large packed limit=5242880', 'The results folder is too large to be collected (packed limit=5242880 bytes).'],
    ['missing-folder /results', 'The results folder /results does not exist.'],
    ['missing-tool tar gzip', "The collector's image lacks tar, gzip: name a collector image."],
    ['unwritable /tmp', 'The collector could not write its temporary files: /tmp'],
  ])('%s is told in words', (line, message) => {
    expect(decodeFrame(`kubesuite:error ${line}\n`)).toEqual({ ok: false, problem: 'refused', code: line.split(' ')[0], message });
  });

  test('after data keeps what could be packed, if that is complete', () => {
    const refused = { ok: false, problem: 'refused', code: 'unreadable' };
    expect(decodeFrame(text(frameLines().toSpliced(-1, 1, 'kubesuite:error unreadable ./a')))).toMatchObject({ ...refused, archive });
    const partial = decodeFrame(text(frameLines().toSpliced(-2, 2, 'kubesuite:error unreadable ./a')));
    expect(partial).toMatchObject(refused);
    expect(partial.archive).toBeUndefined();
  });
});

describe('the termination message', () => {
  const good = decodeFrame(text(frameLines()));
  const packed = `size=20000 sha256=${sha256}`;

  test('is parsed', () => {
    expect(parseTerminationMessage(packed)).toEqual({ kind: 'packed', size: 20_000, sha256 });
    expect(parseTerminationMessage('error=too-large packed limit=1\n')).toEqual({ kind: 'refused', code: 'too-large', details: 'packed limit=1' });
    for (const foreign of ['', 'OOMKilled', 'size=1', 'error=', 'error=tired', `size=-1 sha256=${sha256}`]) expect(parseTerminationMessage(foreign)).toBeUndefined();
  });

  test('confirms a frame, or contradicts it', () => {
    expect(checkFrame(good, packed)).toBe(good);
    expect(checkFrame(good, '')).toBe(good);
    expect(checkFrame(good, `size=20000 sha256=${otherSha256}`)).toMatchObject({ ok: false, problem: 'corrupt' });
    expect(checkFrame(good, 'error=unreadable ./a')).toMatchObject({ ok: false, problem: 'corrupt' });
  });

  test('tells what became of a log that is gone', () => {
    expect(checkFrame(decodeFrame(''), packed)).toMatchObject({ problem: 'truncated', message: expect.stringContaining('20000 bytes') });
    expect(checkFrame(decodeFrame(text(frameLines().slice(0, 3))), packed)).toMatchObject({ problem: 'truncated' });
    expect(checkFrame(decodeFrame(text(frameLines().slice(0, 3))), '')).toMatchObject({ problem: 'truncated' });
    expect(checkFrame(decodeFrame(''), 'error=too-large packed limit=1')).toMatchObject({ problem: 'refused', code: 'too-large' });
    expect(checkFrame(decodeFrame(''), '')).toMatchObject({ problem: 'missing' });
  });
});
