import { randomInt } from 'node:crypto';

/** Sorts by time, fits in a name: 8 characters of time and 3 of chance. */
export function createRunId(now: Date): string {
  const chance = randomInt(36 ** 3).toString(36).padStart(3, '0');
  return `${now.getTime().toString(36)}${chance}`;
}
