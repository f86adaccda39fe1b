import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { test } from '../support/e2e.ts';
import { startPrivateRegistry } from '../support/private-registry.ts';
import { readReport } from '../support/run-report.ts';
import { suiteImage } from '../support/suite-image.ts';
import { shell, writeConfig, writesPass } from './fixtures/suites.ts';

test('a private registry: by values for all images, for one, by digest, and for production', { timeout: 400_000 }, async ({ workspace }) => {
  // Of this run only, so that no node has it.
  const repository = `kubesuite/private-${randomBytes(4).toString('hex')}`;
  await using registry = await startPrivateRegistry(suiteImage.ref, { repository, tag: 'v7' });
  const { host, digest, login } = registry;
  const secret = 'registry-login';
  await workspace.kubectl('create', 'secret', 'docker-registry', secret, `--docker-server=${host}`, `--docker-username=${login.username}`, `--docker-password=${login.password}`);
  const configure = async (startTimeout: string): Promise<void> =>
    writeConfig(workspace.folder, { one: shell(writesPass, { startTimeout, timeout: '2m' }) }, {
      images: { box: { repository, tag: 'v1', pullPolicy: 'Always' } },
      production: { registry: host, pullPolicy: 'Always', pullSecrets: [secret] },
    });
  const values = join(workspace.folder, 'values.json');
  const runWith = async (given: object) => {
    await writeFile(values, JSON.stringify(given));
    return workspace.kubesuite('run', '--values', values);
  };
  const tag = { images: { box: { tag: 'v7' } } };

  await configure('12s');
  expect(await runWith({ ...tag, registry: host })).toMatchObject({ exitCode: 3, stdout: expect.stringMatching(/image-pull/) as string });
  const { report } = await readReport(workspace.folder);
  expect(report.suites).toMatchObject([{ verdict: 'error', cause: 'image-pull', message: expect.stringContaining(`${host}/${repository}:v7`) as string }]);

  await configure('90s');
  for (const given of [
    { ...tag, registry: host, pullSecrets: [secret] },
    { images: { box: { registry: host, tag: 'v7', pullSecrets: [secret] } } },
    { images: { box: { registry: host, tag: 'v1', digest, pullSecrets: [secret] } } },
    { ...tag, productionMode: true },
  ]) {
    const { exitCode, stdout, stderr } = await runWith(given);
    expect({ exitCode, given }, `${stdout}${stderr}`).toEqual({ exitCode: 0, given });
  }
});
