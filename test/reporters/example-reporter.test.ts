import { expect, it } from 'vitest';
import SlowSuites from '../../examples/reporters/slow-suites.ts';
import { FakeScreen } from '../support/fake-screen.ts';
import { MemoryFolder } from '../support/memory-folder.ts';
import { runReport } from './support/reports.ts';
import { samples } from './support/sample-suites.ts';

it('the example reporter names the slowest suites', async () => {
  const screen = new FakeScreen();
  const folder = new MemoryFolder();
  await new SlowSuites({ screen, folder, cwd: '', now: () => new Date(0) }).onTestRunEnd(runReport(Object.values(samples)));
  expect(screen.text).toBe('Slowest suites:\ncheckout 60.0 s\nworker-2 41.0 s\nbulk-import 8.2 s\n');
  expect(folder.files.get('slow-suites.txt')).toBe('checkout 60.0 s\nworker-2 41.0 s\nbulk-import 8.2 s\n');
});
