import { readFile } from 'node:fs/promises';
import { Ajv, type AnySchema } from 'ajv';
import { describe, expect, it } from 'vitest';
import { poison } from './support/hostile.ts';
import { playEvents, ways } from './support/play-events.ts';
import { sampleEvents } from './support/sample-events.ts';

const schema = JSON.parse(await readFile('docs/reference/report.schema.json', 'utf8')) as AnySchema;

/** The published schema lets later versions add keys; here each key must be in it. */
function strict(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(strict);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, strict(value)]));
  return 'properties' in node && !('additionalProperties' in node && typeof node.additionalProperties === 'object') ? { ...copy, additionalProperties: false } : copy;
}

describe.each(ways)('report.schema.json, %s', (way) => {
  it('describes every key of every report', async () => {
    const validate = new Ajv({ allErrors: true, strict: false }).compile(strict(schema) as AnySchema);
    for (const events of [sampleEvents, poison(sampleEvents)]) {
      const { folder } = await playEvents(way, ['json'], events);
      validate(JSON.parse(folder.files.get('report.json') ?? ''));
      expect(validate.errors).toBeNull();
    }
  });

  it('refuses what is no report', async () => {
    const { report } = await playEvents(way, ['json'], sampleEvents);
    const validate = new Ajv({ strict: false }).compile(schema);
    expect(validate({ ...report, verdict: 'green' })).toBe(false);
    expect(validate({ ...report, suites: undefined })).toBe(false);
    expect(validate({ ...report, version: 2 })).toBe(false);
    expect(validate({ ...report, added: 'by a later version' })).toBe(true);
  });
});
