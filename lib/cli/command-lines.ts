/** Where a release is. */
export interface ReleasePlace {
  readonly release: string;
  readonly namespace: string;
}

/** What chooses a cluster. */
export interface ChosenBy {
  /** What `clusterFlags` gives. */
  readonly flags: string;
}

/** The options of a command line, for kubesuite as for kubectl, that choose this cluster, whatever the current context is then. */
export function clusterFlags({ context, kubeconfig }: { readonly context: string; readonly kubeconfig?: string | undefined }): string {
  return `--context ${shellWord(context)}${kubeconfig === undefined ? '' : ` --kubeconfig ${shellWord(kubeconfig)}`}`;
}

/** The command line that removes the release. */
export function cleanCommand({ release, namespace }: ReleasePlace, { flags }: ChosenBy): string {
  return `kubesuite clean ${release} --namespace ${namespace} ${flags}`;
}

/** The command line that waits for the release. */
export function waitCommand({ release, namespace }: ReleasePlace, { flags }: ChosenBy): string {
  return `kubesuite wait ${release} --namespace ${namespace} ${flags}`;
}

/** The command line that deletes the Jobs of a run. */
export function deleteJobsCommand(selector: string, namespace: string, { flags }: ChosenBy): string {
  return `kubectl delete jobs --selector ${selector} --namespace ${namespace} ${flags}`;
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
