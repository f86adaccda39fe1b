import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/{unit,charts,reporters,run,cli}/**/*.test.ts'],
          testTimeout: 60_000,
          // No test mocks modules or leaves anything behind, so a worker imports the libraries once.
          isolate: false,
          // One core is left free by default, which is half of two.
          maxWorkers: '100%',
        },
      },
      {
        test: {
          // What runs inside a pod, under each shell, with real waits.
          name: 'scripts',
          include: ['test/scripts/**/*.test.ts'],
          testTimeout: 60_000,
          maxWorkers: '100%',
        },
      },
      {
        test: {
          // Every value of a chart changed in turn, random values, and charts of hundreds of suites.
          name: 'sweeps',
          include: ['test/sweeps/**/*.test.ts'],
          testTimeout: 120_000,
          isolate: false,
          maxWorkers: '100%',
        },
      },
      {
        test: {
          // 200 MB, a million cases, and every hostile text in every field of every reporter.
          name: 'hostile',
          include: ['test/hostile/**/*.test.ts'],
          testTimeout: 120_000,
          maxWorkers: '100%',
        },
      },
      {
        test: {
          name: 'package',
          include: ['test/package/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/browser/setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          // All faults, also those that harm a whole node; takes a quarter of an hour.
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          globalSetup: ['test/support/node-setup.ts'],
          testTimeout: 600_000,
          hookTimeout: 900_000,
          maxWorkers: 1,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/{e2e,cluster}/**/*.test.ts', 'test/faults/shared-node.test.ts'],
          // Projects of other frameworks, with tests that fail on purpose.
          exclude: ['test/e2e/frameworks/**'],
          globalSetup: ['test/support/node-setup.ts'],
          testTimeout: 360_000,
          hookTimeout: 900_000,
          maxWorkers: 3,
          // Of the faults, which stand side by side in one file.
          maxConcurrency: 4,
          // A machine that stood still for a moment is not the code; `npm test` names what passed only then.
          retry: 2,
        },
      },
      {
        test: {
          // Every framework for real; builds an image for each of them.
          name: 'frameworks',
          include: ['test/e2e/frameworks/all.test.ts'],
          globalSetup: ['test/support/node-setup.ts'],
          // Cargo nextest is compiled the first time.
          testTimeout: 30 * 60_000,
          hookTimeout: 900_000,
        },
      },
      {
        test: {
          name: 'scale',
          include: ['test/scale/**/*.test.ts'],
          globalSetup: ['test/scale/setup.ts'],
          testTimeout: 90 * 60_000,
          hookTimeout: 900_000,
        },
      },
    ],
  },
});
