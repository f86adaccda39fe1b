import { expect, test } from 'vitest';

import { chooseCluster, type ClusterWish } from '../../scripts/demo-cluster-choice.ts';

const nothing: ClusterWish = {
  context: undefined,
  kubeconfigGiven: false,
  currentContext: undefined,
  embedded: false,
};

test('a named context wins, local or not', () => {
  const wish = { ...nothing, currentContext: 'kind-other' };
  expect(chooseCluster({ ...wish, context: 'staging' })).toMatchObject({ context: 'staging', provider: undefined });
  expect(chooseCluster({ ...wish, context: 'k3d-dev' })).toMatchObject({ context: 'k3d-dev', provider: 'k3d' });
});

test('a given kubeconfig is used, and a remote one is not known as local', () => {
  const choice = chooseCluster({ ...nothing, kubeconfigGiven: true, currentContext: 'production' });
  expect(choice).toMatchObject({ kind: 'existing', context: 'production', provider: undefined });
});

test('the current context is used when it is local', () => {
  expect(chooseCluster({ ...nothing, currentContext: 'kind-kind' })).toMatchObject({ provider: 'kind' });
});

test('a remote current context that nobody named is left alone', () => {
  expect(chooseCluster({ ...nothing, currentContext: 'production' })).toMatchObject({ kind: 'embedded' });
});

test('without a kubeconfig the embedded node is started', () => {
  expect(chooseCluster(nothing)).toEqual({ kind: 'embedded', why: 'no kubeconfig' });
});

test('--embedded wins over a local cluster', () => {
  expect(chooseCluster({ ...nothing, currentContext: 'minikube', embedded: true })).toMatchObject({ kind: 'embedded' });
});
