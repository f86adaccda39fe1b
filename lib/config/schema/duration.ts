import { text, write } from './primitives.ts';

/** Kubernetes keeps a pod's deadline in 32 bits. */
export const longestSeconds = 2 ** 31 - 1;

/** Seconds of a duration such as `90s`, `5m` or `1h30m`; undefined when it is none. */
export function parseDuration(value: string): number | undefined {
  const parts = /^(?=\d)(?:(\d{1,6})h)?(?:(\d{1,8})m)?(?:(\d{1,10})s)?$/.exec(value);
  if (parts === null) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return hours * 3600 + minutes * 60 + seconds;
}

/** Seconds of a duration that was validated. */
export function toSeconds(value: string): number {
  const seconds = parseDuration(value);
  if (seconds === undefined) throw new TypeError(`A validated duration must be one. Received: ${value}`);
  return seconds;
}

export function formatDuration(seconds: number): string {
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  return [h && `${h}h`, m && `${m}m`, s && `${s}s`].filter(Boolean).join('');
}

export const duration = text({
  rule: "must be a duration such as '90s', '5m' or '1h30m'",
  obeys: (value) => isPossible(parseDuration(value) ?? 0),
  hint: (received) => {
    const seconds = guessSeconds(received);
    return seconds !== undefined && isPossible(seconds) ? write(formatDuration(seconds)) : undefined;
  },
});

function isPossible(seconds: number): boolean {
  return Number.isInteger(seconds) && seconds > 0 && seconds <= longestSeconds;
}

const secondsIn: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

function guessSeconds(received: unknown): number | undefined {
  if (typeof received === 'number') return received;
  if (typeof received !== 'string') return undefined;
  const [, amount, unit = 's'] = /^\s*(\d+(?:[.,]\d+)?)\s*(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)?\s*$/i.exec(received) ?? [];
  return amount === undefined ? undefined : Math.round(Number(amount.replace(',', '.')) * (secondsIn[unit.charAt(0).toLowerCase()] ?? 1));
}
