import { askHelmPatiently } from '../ask-helm-patiently.ts';
import { addClusterOptions, connect } from '../cluster-options.ts';
import type { ClusterOptions } from '../context.ts';
import { toReleaseName } from '../name-arguments.ts';
import type { AddCommand } from '../program.ts';
import { refuseForeignRelease } from '../refuse-foreign-release.ts';
import { removeRelease } from '../remove-release.ts';

export const addCleanCommand: AddCommand = (program, context) => {
  const command = program
    .command('clean')
    .description('Removes a release and waits until nothing of it is left in the namespace. No release is no error.')
    .argument('<release>', 'name of the Helm release', toReleaseName);
  addClusterOptions(command).action(async (release: string, options: ClusterOptions) => {
    const connection = await connect(options, context);
    const { namespace } = options;
    if ((await askHelmPatiently(async () => connection.helm.status(release, namespace), context)) !== undefined) await refuseForeignRelease(connection, { release, namespace });
    const deniedKinds = await removeRelease(connection, { release, namespace, hurry: false }, context);
    context.screen.write(`Namespace '${namespace}' holds nothing of release '${release}'${deniedKinds.length > 0 ? ' of the kinds that may be listed' : ''}.\n`);
  });
};
