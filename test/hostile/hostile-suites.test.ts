import { describe, expect, it } from 'vitest';
import { reporterNames } from '../../lib/reporters/registry.ts';
import { FakeScreen } from '../support/fake-screen.ts';
import { expectHarmlessFile, expectHarmlessLog, workflowCommands } from '../reporters/support/harmless.ts';
import { hostileTexts, longText, poison } from '../reporters/support/hostile.ts';
import { playEvents, ways, type PlayedEvents } from '../reporters/support/play-events.ts';
import { runReport } from '../reporters/support/reports.ts';
import { eventsOf, sampleEvents } from '../reporters/support/sample-events.ts';
import { samples } from '../reporters/support/sample-suites.ts';

/** Whoever adds a reporter gets these tests with it. */
describe.each(reporterNames)('%s reporter', (name) => {
  describe.each(ways)('%s', (way) => {
    it.each(Object.entries(hostileTexts))('is harmless with %s in every field', async (_, text) => {
      for (const interactive of [false, true]) {
        const play = async (told: typeof sampleEvents): Promise<PlayedEvents> => playEvents(way, [name], told, new FakeScreen({ interactive }));
        const [harmless, hostile] = [await play(sampleEvents), await play(poison(sampleEvents, text))];
        await hostile.reporters.onError({ message: text });
        expect(hostile.reporters.errors).toEqual([]);
        for (const shown of [hostile.screen.text, ...hostile.screen.windows]) expectHarmlessLog(shown);
        expect(workflowCommands(hostile.screen.text)).toEqual(workflowCommands(harmless.screen.text));
        expect([...hostile.folder.files.keys()]).toEqual([...harmless.folder.files.keys()]);
        for (const [path, content] of hostile.folder.files) expectHarmlessFile(path, content);
        if (harmless.github.summary !== '') expectHarmlessFile('summary.md', hostile.github.summary);
      }
    });

    it('copes with names, messages and logs of 1 MB', async () => {
      const test = { name: longText, group: longText, status: 'failed', message: longText, details: longText, file: longText, line: 1 } as const;
      const attempts = samples.failed.attempts.map((attempt) => ({ ...attempt, tests: [test], logTail: longText }));
      const played = await playEvents(way, [name], eventsOf(runReport([{ ...samples.failed, attempts }])));
      expect(played.reporters.errors).toEqual([]);
      expectHarmlessLog(played.screen.text);
      for (const [path, content] of played.folder.files) expectHarmlessFile(path, content);
    });
  });
});
