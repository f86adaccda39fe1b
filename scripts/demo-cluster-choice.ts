import { localProvider, type LocalProvider } from '../lib/cli/local-context.ts';

export interface ClusterWish {
  /** `--context` */
  readonly context: string | undefined;
  /** Whether the user pointed at a kubeconfig, with `--kubeconfig` or `$KUBECONFIG`. */
  readonly kubeconfigGiven: boolean;
  /** Current context of the kubeconfig; undefined when there is none. */
  readonly currentContext: string | undefined;
  /** `--embedded` */
  readonly embedded: boolean;
}

export type ClusterChoice =
  | { readonly kind: 'embedded'; readonly why: string }
  | {
      readonly kind: 'existing';
      readonly context: string;
      readonly why: string;
      /** Undefined: not a known local cluster, to be used only after a confirmation. */
      readonly provider: LocalProvider | undefined;
    };

/** What the user names wins, then a local cluster that is there, then the one-node cluster of this repository. */
export function chooseCluster(wish: ClusterWish): ClusterChoice {
  if (wish.embedded) return { kind: 'embedded', why: '--embedded' };
  if (wish.context !== undefined) return existing(wish.context, '--context');
  if (wish.currentContext !== undefined) {
    if (wish.kubeconfigGiven) return existing(wish.currentContext, 'current context of the given kubeconfig');
    if (localProvider(wish.currentContext) !== undefined) {
      return existing(wish.currentContext, 'current context, a local cluster');
    }
    return { kind: 'embedded', why: `the current context ${wish.currentContext} is not a known local cluster` };
  }
  return { kind: 'embedded', why: 'no kubeconfig' };
}

function existing(context: string, why: string): ClusterChoice {
  return { kind: 'existing', context, why, provider: localProvider(context) };
}
