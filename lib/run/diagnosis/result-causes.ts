import { advice, describeNode, runAndKeep, type CauseGuide } from './guide.ts';

/** Why there are no results to judge. */
export const resultCauses = {
  'collector-failed': {
    title: 'The collector could not bring out the results',
    advise: ({ said }) =>
      /OOMKilled/.test(said)
        ? advice('The collector was killed for its memory: write fewer or smaller files to the results folder.')
        : advice('The collector runs in the image of the suite and needs sh, tar, gzip, base64 and sha256sum there, or an image that has them in results.collectorImage.'),
  },
  'results-missing': { title: 'Declared results are not there', advise: (place) => advice('Check `results` of the suite against what it writes: its path, its format, and whether it ended before it wrote them.', runAndKeep(place)) },
  'results-truncated': { title: 'The results are not complete', advise: () => advice('The suite or its log was cut, or a file of the results folder could not be read: look at the message and at the end of the log. Files in the folder must be readable for the user of the suite; a suite that prints more than 10 MiB to stdout writes its results to a folder instead.') },
  'results-invalid': { title: 'The results cannot be read', advise: () => advice('Look at the files in the run folder, and check that `results` names their format.') },
  'results-too-large': { title: 'The results are larger than allowed', advise: () => advice('Write less to the results folder: at most 5 MiB packed come out through the log.') },
  'no-tests': { title: 'The results hold no test', advise: () => advice('Check the filter of the suite: it has selected nothing.') },
  'log-unavailable': { title: 'The log could not be read', advise: (place) => advice('Look at the node, whose kubelet gives the log out.', ...describeNode(place)) },
  'log-denied': { title: 'The log may not be read', advise: ({ namespace }) => advice('Ask for the right to get pods/log in the namespace.', `kubectl auth can-i get pods --subresource=log --namespace ${namespace}`) },
  'lost-contact': { title: 'The API server did not answer', advise: (place) => advice('Look at the node and at the API server.', ...describeNode(place), 'kubectl get --raw /readyz') },
} as const satisfies Readonly<Record<string, CauseGuide>>;
