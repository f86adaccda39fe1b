import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { x } from 'tinyexec';
import { clusterStatus, loadImage, nodePaths, startCluster, stopCluster } from '../cluster/index.ts';
import { findLeftovers } from '../cluster/leftovers.ts';
import { helm } from '../support/e2e.ts';
import { suiteImage } from '../support/suite-image.ts';
import { matrix } from './matrix.ts';
import { expectOutcome } from './support/fault-test.ts';

/** A disk of its own, so that it can be filled. */
const disk = mkdtempSync(join(tmpdir(), 'kubesuite-fault-node-'));
const node = nodePaths(join(disk, 'state'));

beforeAll(async () => {
  await x('mount', ['-t', 'tmpfs', '-o', 'size=3g', 'tmpfs', disk], { throwOnError: true });
});

beforeEach(async () => {
  if ((await clusterStatus(node)).state === 'running') return;
  await startCluster(node);
  await loadImage(suiteImage.ref, node);
}, 300_000);

afterAll(async () => {
  await stopCluster(node);
  expect(findLeftovers(node)).toEqual([]);
  await x('umount', [disk], { throwOnError: true });
  rmSync(disk, { recursive: true });
});

describe.each(matrix.filter(({ node: place }) => place === 'own'))('$title', ({ faults }) => {
  test.for(faults)('$title', { timeout: 600_000 }, async (fault) => {
    await expectOutcome(fault, { kubeconfig: node.kubeconfig, helm: helm(4), node });
  });
});
