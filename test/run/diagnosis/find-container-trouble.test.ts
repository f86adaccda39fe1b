import { expect, test } from 'vitest';
import { findContainerTrouble } from '../../../lib/run/diagnosis/find-container-trouble.ts';
import { toPodSnapshot } from '../../../lib/run/snapshots.ts';
import { contractOf, jobOf, podOf, waiting } from '../../support/kube-objects.ts';

const message = 'container has runAsNonRoot and image will run as root (pod: "p", container: collector)';
const job = jobOf(contractOf('a'));

test.each([
  ['collector', podOf(job, waiting('PodInitializing'), { collector: waiting('CreateContainerConfigError', message) })],
  ['network-guard', podOf(job, waiting('PodInitializing'), { guard: waiting('CreateContainerConfigError', message), collector: waiting('PodInitializing') })],
  ['suite', podOf(job, waiting('CreateContainerConfigError', message))],
])('an image that runs as root is trouble of the suite, also where it is %s that is refused', (name, pod) => {
  expect(findContainerTrouble(toPodSnapshot(pod, false), [])).toMatchObject({ cause: 'container-start', message: `Container ${name} cannot be made: ${message}` });
});
