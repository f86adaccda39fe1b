import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalGithubJob } from '../../../lib/adapters/local-github-job.ts';

let workspace: string;

beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'kubesuite-github-'));
});

afterEach(async () => rm(workspace, { recursive: true }));

async function put(...paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(workspace, path)), { recursive: true });
    await writeFile(join(workspace, path), '');
  }
}

describe('LocalGithubJob', () => {
  it('finds a file of the checkout by the end of its path in the container', async () => {
    await put('tests/unit/test_a.py', 'smoke/smoke.bats', 'a/same.ts', 'b/same.ts', 'node_modules/x.js');
    const job = new LocalGithubJob({ env: { GITHUB_WORKSPACE: workspace }, cwd: workspace });
    expect(job.findSource('/app/tests/unit/test_a.py')).toBe('tests/unit/test_a.py');
    expect(job.findSource('file:///builds/unit/test_a.py')).toBe('tests/unit/test_a.py');
    expect(job.findSource('smoke.bats')).toBe('smoke/smoke.bats');
    for (const none of ['same.ts', 'x.js', 'other.py', 'unit', '../../etc/passwd', '/etc/passwd\0', '']) expect(job.findSource(none)).toBeUndefined();
  });

  it('gives paths from the root of the repository', async () => {
    await put('packages/shop/tests/a.ts', 'outside.ts');
    const job = new LocalGithubJob({ env: { GITHUB_WORKSPACE: workspace }, cwd: join(workspace, 'packages/shop') });
    expect(job.findSource('/app/tests/a.ts')).toBe('packages/shop/tests/a.ts');
    expect(new LocalGithubJob({ env: { GITHUB_WORKSPACE: join(workspace, 'packages') }, cwd: workspace }).findSource('outside.ts')).toBeUndefined();
  });

  it('adds to the summary of the step, whose size it knows', async () => {
    const summary = join(workspace, 'summary.md');
    const job = new LocalGithubJob({ env: { GITHUB_STEP_SUMMARY: summary }, cwd: workspace });
    expect(await job.summaryRoom()).toBe(1024 * 1024);
    await writeFile(summary, 'of another command\n');
    await job.appendSummary('ours\n');
    expect(await readFile(summary, 'utf8')).toBe('of another command\nours\n');
    expect(await job.summaryRoom()).toBe(1024 * 1024 - 24);
    expect(await new LocalGithubJob({ env: {}, cwd: workspace }).summaryRoom()).toBe(0);
  });
});
