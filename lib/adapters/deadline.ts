import type { Clock } from '../ports/clock.ts';

/** The answer to a request, or an error when there is none in time: the client waits five minutes for a server that says nothing. */
export async function withDeadline<T>(clock: Clock, deadlineMs: number, request: Promise<T>): Promise<T> {
  const answered = new AbortController();
  const silence = async (): Promise<never> => {
    await clock.sleep(deadlineMs, answered.signal);
    throw new Error(`no answer within ${deadlineMs / 1000} s`);
  };
  try {
    return await Promise.race([request, silence()]);
  } finally {
    answered.abort();
  }
}
