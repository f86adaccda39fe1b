import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findLeftovers, removeNode } from './leftovers.ts';
import { nodePaths, type NodePaths } from './paths.ts';

let folder: string;
let paths: NodePaths;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubesuite-left-'));
  paths = nodePaths(join(folder, 'state'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("somebody else's folder is refused and left alone", async () => {
  mkdirSync(paths.state);
  writeFileSync(join(paths.state, 'thesis.tex'), '');
  await expect(removeNode(paths)).rejects.toThrow(/holds files that are not of a node/);
  expect(readdirSync(paths.state)).toEqual(['thesis.tex']);
});

test.for<[string, (state: string) => void]>([
  ['nothing', () => {}],
  ['an empty folder', (state) => mkdirSync(state)],
  ['a start killed at its first step', (state) => {
    mkdirSync(state);
    writeFileSync(nodePaths(state).marker, '');
  }],
  ['records that a crash cut short, and a stale namespace file', (state) => {
    const { marker, processes, netnsPath } = nodePaths(state);
    mkdirSync(processes, { recursive: true });
    writeFileSync(marker, '');
    writeFileSync(join(processes, 'etcd'), '{"pid":');
    mkdirSync('/run/netns', { recursive: true });
    writeFileSync(netnsPath, '');
  }],
])('%s is removed', async ([, leave]) => {
  leave(paths.state);
  await removeNode(paths);
  expect(findLeftovers(paths)).toEqual([]);
  expect(existsSync(paths.state)).toBe(false);
});
