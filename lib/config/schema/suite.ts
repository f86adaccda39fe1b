import type { z } from 'zod';
import { name } from './kubernetes-names.ts';
import { serves, serviceNames } from './network.ts';
import { absolutePath } from './paths.ts';
import { anyText, filledList, list, section, text, whole } from './primitives.ts';
import { serviceAccount } from './security.ts';
import { template } from './template.ts';
import { volume } from './volume.ts';

function beginsWithProgram([program]: readonly string[], context: z.RefinementCtx): void {
  if (program === '') context.addIssue({ code: 'custom', message: "must be the name or path of a program\nleave out 'command' for the entrypoint of the image", path: [0] });
}

export const suite = section({
  /** Name of one of `types`. */
  type: text({ ...name, rule: "must be the name of one of 'types'" }).describe('Name of one of `types`.'),
  /** Name of one of `images`. */
  image: text({ ...name, rule: "must be the name of one of 'images'" }).describe('Name of one of `images`.'),
  /** Program and its arguments, instead of the image's entrypoint. Kubernetes puts variables of the container in for `$(NAME)`, and makes `$` of `$$`. */
  command: filledList(anyText(), "['pytest', '--junitxml=/results/junit.xml']").superRefine(beginsWithProgram).optional().describe("Program and its arguments, instead of the image's entrypoint. Kubernetes puts variables of the container in for `$(NAME)`, and makes `$` of `$$`."),
  /** Arguments for the command or the image's entrypoint. */
  args: list(anyText(), "['--verbose']").optional().describe("Arguments for the command or the image's entrypoint."),
  /** Folder to run in, instead of the image's. */
  workingDir: text(absolutePath).optional().describe("Folder to run in, instead of the image's."),
  ...template,
  /** Jobs that share the suite's tests. Each finds its part in KUBESUITE_SHARD (`1/2`), KUBESUITE_SHARD_INDEX and KUBESUITE_SHARD_TOTAL. @default 1 */
  shards: whole(1, 100)
    .default(1)
    .describe("Jobs that share the suite's tests. Each finds its part in KUBESUITE_SHARD (`1/2`), KUBESUITE_SHARD_INDEX and KUBESUITE_SHARD_TOTAL."),
  /** Names of `suites` that must pass before it starts; if one does not, it is skipped. Only with `start: 'controlled'`. */
  needs: list(text({ ...name, rule: "must be the name of one of 'suites'" }), "['migrate']")
    .optional()
    .describe("Names of `suites` that must pass before it starts; if one does not, it is skipped. Only with `start: 'controlled'`."),
  /** Names of the `services` that the suite may reach. */
  uses: serviceNames.optional().describe('Names of the `services` that the suite may reach.'),
  /** Names of the `services` that the suite must not reach. It starts when that is so; see `network.guard`. */
  denies: serviceNames.optional().describe('Names of the `services` that the suite must not reach. It starts when that is so; see `network.guard`.'),
  /** Ports that the suite listens on. They get a Service, whose name is in KUBESUITE_HOST. */
  serves: serves.optional().describe('Ports that the suite listens on. They get a Service, whose name is in KUBESUITE_HOST.'),
  /** What is mounted into the suite's container, besides writable folders for results, /tmp and its home. */
  volumes: list(volume, "[{ configMap: 'settings', mountPath: '/settings' }]")
    .optional()
    .describe("What is mounted into the suite's container, besides writable folders for results, /tmp and its home."),
  /** Rights in the Kubernetes API. Without them the pod has no token. */
  serviceAccount: serviceAccount.optional().describe('Rights in the Kubernetes API. Without them the pod has no token.'),
});
