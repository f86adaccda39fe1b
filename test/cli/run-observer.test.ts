import { expect, test } from 'vitest';
import { createRunObserver } from '../../lib/cli/run-observer.ts';
import { Multiplexer } from '../../lib/reporters/multiplexer.ts';
import type { Reporter } from '../../lib/reporters/reporter.ts';
import { eventLogVersion, type RunEvent } from '../../lib/run/events.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { MemoryFolder } from '../support/memory-folder.ts';

class FullFolder extends MemoryFolder {
  override async append(): Promise<void> {
    throw new Error('events.jsonl cannot be written: ENOSPC: no space left on device, write');
  }
}

const at = '2026-01-01T00:00:00Z';
const started: RunEvent = { type: 'run-started', version: eventLogVersion, at, run: { id: 'r1', release: 'shop', namespace: 'ns', context: 'fake', chart: 'shop-0.1.0' }, suites: [] };

function transcriber(lines: string[]): Reporter {
  return {
    onTestRunStart: () => void lines.push('run start'),
    onError: ({ message }) => void lines.push(message),
    onTestRunEnd: (_report, reason) => void lines.push(`run end: ${reason}`),
  };
}

test('reporters are told the end of a run whose events could not be kept, and why', async () => {
  const told: string[] = [];
  const observer = createRunObserver(new Multiplexer([{ name: 'transcriber', reporter: transcriber(told) }], new FakeClock()), new FullFolder(), {});
  await observer.handle(started);
  await expect(observer.handle({ type: 'run-ended', at })).rejects.toThrow('ENOSPC');
  expect(told).toEqual(['run start', 'events.jsonl cannot be written: ENOSPC: no space left on device, write', expect.stringMatching(/^run end: /)]);
});

test('the log is complete before reporters are told the end', async () => {
  const folder = new MemoryFolder();
  const seen: (string | undefined)[] = [];
  const observer = createRunObserver(new Multiplexer([{ name: 'seen', reporter: { onTestRunEnd: () => void seen.push(folder.files.get('events.jsonl')) } }], new FakeClock()), folder, {});
  await observer.handle(started);
  await observer.handle({ type: 'run-ended', at });
  expect(seen).toEqual([`${JSON.stringify(started)}\n${JSON.stringify({ type: 'run-ended', at })}\n`]);
});
