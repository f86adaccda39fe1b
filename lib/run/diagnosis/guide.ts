/** Where a trouble is, for commands that a user can copy. */
export interface Place {
  readonly namespace: string;
  /** Key of the suite, `worker` or `worker-2`. */
  readonly key: string;
  /** Name of the suite in the config. */
  readonly suite: string;
  readonly job: string;
  /** Name of the last pod; empty: there is none. */
  readonly pod: string;
  /** Its node; empty: it has none. */
  readonly node: string;
  /** What the cluster said, all of it in one text: some causes have more than one way out. */
  readonly said: string;
}

export interface Advice {
  /** What to do, in a few plain sentences. */
  readonly hint: string;
  /** Command lines that help with it. */
  readonly commands: readonly string[];
}

/** What a user should know of a cause; its section of docs/guide/verdicts.md says more. */
export interface CauseGuide {
  /** The cause as a short sentence without a full stop. */
  readonly title: string;
  readonly advise: (place: Place) => Advice;
}

export function advice(hint: string, ...commands: readonly string[]): Advice {
  return { hint, commands };
}

export const runAgain = ({ suite, namespace }: Place): string => `kubesuite run ${suite} --namespace ${namespace}`;
/** What a run made is removed at its end, unless it is kept to be looked at. */
export const runAndKeep = (place: Place): string => `${runAgain(place)} --keep`;
export const describeNode = ({ node }: Place): readonly string[] => (node === '' ? ['kubectl get nodes'] : [`kubectl describe node ${node}`]);
export const listed = (kind: string, { namespace }: Place): string => `kubectl get ${kind} --namespace ${namespace}`;
export const described = (kind: string, { namespace }: Place): string => `kubectl describe ${kind} --namespace ${namespace}`;
