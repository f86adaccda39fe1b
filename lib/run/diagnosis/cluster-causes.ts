import { advice, describeNode, listed, runAgain, runAndKeep, type CauseGuide } from './guide.ts';

/** Why the cluster took a suite away. */
export const clusterCauses = {
  'oom-killed': { title: 'The suite used more memory than its limit', advise: () => advice('Raise resources.memory of the suite, or find what needs so much. The log ends where it was killed.') },
  'disk-full': { title: 'The suite used more disk than it may', advise: () => advice('Write less to /tmp, HOME and the results folder, or raise the limit that the message names.') },
  evicted: {
    title: 'The pod was evicted from its node',
    advise: (place) =>
      place.said.includes('EvictionByEvictionAPI')
        ? advice('Find out who evicts pods: a drain, an autoscaler or a descheduler; a PodDisruptionBudget can keep it from this one. Then run it again.', runAgain(place), 'kubectl get nodes')
        : advice('Run it again. If it comes back: look at what the node is short of.', runAgain(place), ...describeNode(place)),
  },
  drained: { title: 'The node of the pod was drained', advise: (place) => advice('Run it again, when nobody takes nodes out of service.', runAgain(place), 'kubectl get nodes') },
  preempted: { title: 'A pod of higher priority took the place', advise: (place) => advice('Run it again when there is room, or give the type of the suite a higher priority.', runAgain(place)) },
  'node-lost': { title: 'The node of the pod does not answer', advise: (place) => advice('Look at the node, and run it again.', ...describeNode(place), runAgain(place)) },
  'pod-deleted': { title: 'Somebody deleted the pod', advise: (place) => advice('Find out who deletes pods in this namespace: a person, a clean-up job, another pipeline, or whoever suspended the Job while it ran. Then run it again.', runAgain(place)) },
  'job-deleted': { title: 'Somebody deleted the Job', advise: (place) => advice('Find out who deletes Jobs in this namespace, or whether the release was upgraded or removed while it ran.', listed('jobs', place), runAgain(place)) },
  'namespace-deleted': { title: 'The namespace was deleted', advise: ({ namespace }) => advice('Find out who deletes it, or run in another namespace.', `kubectl get namespace ${namespace}`) },
  'job-missing': { title: 'A Job that the release lists does not exist', advise: (place) => advice('It was never made, or somebody deleted it: install or sync the chart again. Of suspended CronJobs, it was not started since they were installed or changed: start it.', listed('jobs', place)) },
  'job-failed': { title: 'The Job failed without a pod', advise: (place) => advice("Read the condition and the events of the Job.", runAndKeep(place), `kubectl describe job ${place.job} --namespace ${place.namespace}`) },
} as const satisfies Readonly<Record<string, CauseGuide>>;
