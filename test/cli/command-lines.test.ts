import { expect, test } from 'vitest';
import { cleanCommand, clusterFlags, deleteJobsCommand, waitCommand } from '../../lib/cli/command-lines.ts';

const place = { release: 'shop', namespace: 'ns' };

test('command lines in messages name the cluster that was chosen, and its kubeconfig', () => {
  const flags = clusterFlags({ context: 'kind-b', kubeconfig: '/home/a user/it\'s' });
  expect(cleanCommand(place, { flags })).toBe(`kubesuite clean shop --namespace ns --context kind-b --kubeconfig '/home/a user/it'\\''s'`);
});

test('a kubeconfig that was not named is not named', () => {
  const flags = clusterFlags({ context: 'arn:aws:eks:eu-1:1:cluster/b' });
  expect(waitCommand(place, { flags })).toBe('kubesuite wait shop --namespace ns --context arn:aws:eks:eu-1:1:cluster/b');
  expect(deleteJobsCommand('a=b', 'ns', { flags })).toBe('kubectl delete jobs --selector a=b --namespace ns --context arn:aws:eks:eu-1:1:cluster/b');
});
