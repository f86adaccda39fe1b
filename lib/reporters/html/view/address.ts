import type { Verdict } from '../../../run/report.ts';
import { verdictWords } from './words.ts';

export type Sort = 'verdict' | 'start' | 'duration' | 'name';

/** What is shown. All of it is in the hash of the address, so that a view can be sent to somebody. */
export interface ViewState {
  /** What was typed. */
  readonly search: string;
  /** None: all. */
  readonly verdicts: readonly Verdict[];
  /** Empty: all. */
  readonly cause: string;
  /** Empty: all. */
  readonly type: string;
  readonly sort: Sort;
  /** Key of the suite that is open; empty: the overview. */
  readonly suite: string;
}

export const sorts: Readonly<Record<Sort, string>> = { verdict: 'problems first', start: 'by start', duration: 'longest first', name: 'by name' };

export const startView: ViewState = { search: '', verdicts: [], cause: '', type: '', sort: 'verdict', suite: '' };

export function toHash(view: ViewState): string {
  const params = new URLSearchParams();
  if (view.search !== '') params.set('q', view.search);
  if (view.verdicts.length > 0) params.set('verdict', view.verdicts.join(' '));
  if (view.cause !== '') params.set('cause', view.cause);
  if (view.type !== '') params.set('type', view.type);
  if (view.sort !== startView.sort) params.set('sort', view.sort);
  if (view.suite !== '') params.set('suite', view.suite);
  return `#${params.toString()}`;
}

export function fromHash(hash: string): ViewState {
  const params = new URLSearchParams(hash.replace(/^#/, ''));
  const sort = params.get('sort') ?? '';
  return {
    search: params.get('q') ?? '',
    verdicts: (params.get('verdict') ?? '').split(' ').filter((word): word is Verdict => Object.hasOwn(verdictWords, word)),
    cause: params.get('cause') ?? '',
    type: params.get('type') ?? '',
    sort: Object.hasOwn(sorts, sort) ? (sort as Sort) : startView.sort,
    suite: params.get('suite') ?? '',
  };
}
