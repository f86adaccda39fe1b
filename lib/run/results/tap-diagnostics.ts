import { sanitizeLine, sanitizeText } from './sanitize.ts';
import type { TestCase } from './test-case.ts';

/** What the YAML block of a failed test says: every producer has its own words. */
export function describeDiagnostics(diagnostics: unknown): Pick<TestCase, 'message' | 'details' | 'file' | 'line'> {
  if (typeof diagnostics !== 'object' || diagnostics === null) return {};
  const field = (name: string): unknown => (diagnostics as Record<string, unknown>)[name];
  const message = firstText(field('message'), field('error'), field('failureType'));
  const details = [message?.includes('\n') ? message : undefined, firstText(field('stack')) ?? describeRest(diagnostics)].filter((part) => part !== undefined);
  return {
    ...(message !== undefined && { message: sanitizeLine(message) }),
    ...(details.length > 0 && { details: sanitizeText(details.join('\n')) }),
    ...describeLocation(field('location') ?? field('at'), field('file'), field('line')),
  };
}

function describeLocation(at: unknown, file: unknown, line: unknown): Pick<TestCase, 'file' | 'line'> {
  if (typeof at === 'string') {
    const [, path, number] = /^(?:.*\()?(.+?):(\d+)(?::\d+)?\)?$/.exec(at.slice(0, 1000)) ?? [];
    return path === undefined ? {} : toLocation(path, Number(number));
  }
  if (typeof at === 'object' && at !== null) {
    const fields = at as Record<string, unknown>;
    return toLocation(fields['file'] ?? fields['fileName'], fields['line'] ?? fields['lineNumber']);
  }
  return toLocation(file, line);
}

function toLocation(file: unknown, line: unknown): Pick<TestCase, 'file' | 'line'> {
  if (typeof file !== 'string' || file === '') return {};
  return { file: sanitizeLine(file), ...(Number.isSafeInteger(line) && Number(line) > 0 && { line: Number(line) }) };
}

function firstText(...values: readonly unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string' && value.trim() !== '');
}

function describeRest(diagnostics: object): string | undefined {
  const rest = Object.entries(diagnostics).filter(([name]) => name !== 'message' && name !== 'error');
  try {
    return rest.length === 0 ? undefined : JSON.stringify(Object.fromEntries(rest), null, 2);
  } catch {
    // Anchors of YAML can make cycles.
    return undefined;
  }
}
