import { expect, test } from 'vitest';
import { EventLog } from '../../lib/run/event-log.ts';
import type { RunFolder } from '../../lib/ports/files.ts';
import { MemoryFolder } from '../support/memory-folder.ts';

const event = { type: 'run-ended', at: '2026-01-01T00:00:00.000Z' } as const;

test('keeps every event, in order, in few writes', async () => {
  const folder = new MemoryFolder();
  const log = new EventLog(folder);
  for (let second = 10; second < 60; second++) log.append({ ...event, at: `2026-01-01T00:00:${second}.000Z` });
  await log.flush();
  const lines = folder.files.get('events.jsonl')?.trimEnd().split('\n') ?? [];
  expect(lines.map((line) => (JSON.parse(line) as typeof event).at)).toEqual(Array.from({ length: 50 }, (_, index) => `2026-01-01T00:00:${index + 10}.000Z`));
});

test('a full disk is not silent', async () => {
  const full: RunFolder = {
    root: '/full',
    write: async () => {},
    readEnd: async () => undefined,
    read: async () => undefined,
    append: async () => {
      throw new Error('ENOSPC');
    },
  };
  const log = new EventLog(full);
  log.append(event);
  await expect(log.flush()).rejects.toThrow('ENOSPC');
  expect(() => log.append(event)).toThrow('ENOSPC');
});
