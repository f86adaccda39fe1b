import { expect, test } from 'vitest';

import { isLocalContext, localProvider } from '../../lib/cli/local-context.ts';

test.each([
  ['kubesuite', 'kubesuite'],
  ['kind-kind', 'kind'],
  ['kind-my-cluster', 'kind'],
  ['k3d-dev', 'k3d'],
  ['minikube', 'minikube'],
  ['docker-desktop', 'docker-desktop'],
  ['rancher-desktop', 'rancher-desktop'],
])('%s is local', (context, provider) => {
  expect(localProvider(context)).toBe(provider);
  expect(isLocalContext(context)).toBe(true);
});

test.each([
  '',
  'production',
  'kind-',
  'k3d-',
  'mankind-prod',
  'my-minikube-backup',
  'docker-desktop-proxy',
  'kubesuite-production',
  'arn:aws:eks:eu-central-1:1:cluster/kind-x',
])('%j is not local', (context) => {
  expect(isLocalContext(context)).toBe(false);
});
