import type { V1Container, V1Job, V1PodSpec } from '@kubernetes/client-node';
import { annotations, labels } from '../../../../lib/constructs/labels.ts';
import { containerNames } from '../../../../lib/constructs/names.ts';
import { contractOf } from '../../../support/kube-objects.ts';

/** An image with a shell that the test node has. */
export const image = 'localhost/kubesuite-e2e:1';
export const jobName = 'shop-a-r1';

export function shell(line: string, over: Partial<V1Container> = {}): V1Container {
  return { name: containerNames.suite, image, imagePullPolicy: 'Never', command: ['/bin/sh', '-c', line], ...over };
}

/** The Job of suite `a` as a chart has it, as far as a diagnosis depends on it. */
export function suiteJob(container: V1Container, pod: Partial<V1PodSpec> = {}): V1Job {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: jobName, labels: { [labels.release]: 'shop' }, annotations: { [annotations.contract]: JSON.stringify(contractOf('a')) } },
    spec: {
      backoffLimit: 0,
      podFailurePolicy: {
        rules: [
          { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
          { action: 'FailJob', onExitCodes: { containerName: containerNames.suite, operator: 'NotIn', values: [0] } },
        ],
      },
      template: {
        metadata: { labels: { [labels.release]: 'shop' } },
        spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 1, automountServiceAccountToken: false, containers: [container], ...pod },
      },
    },
  };
}

export function collector(line: string, over: Partial<V1Container> = {}): Partial<V1PodSpec> {
  return { initContainers: [shell(line, { name: containerNames.collector, restartPolicy: 'Always', ...over })] };
}
