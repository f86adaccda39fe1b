import { countOf, fieldsOf, listOf, textOf, type Fields } from './json-fields.ts';
import { parseDocument, Unreadable, type ParsedResults } from './parsed-results.ts';
import { readJson } from './read-json.ts';
import { sanitizeLine, sanitizeText } from './sanitize.ts';
import type { TestCase, TestStatus } from './test-case.ts';
import { TestList } from './test-list.ts';
import type { TextChunks } from './text-lines.ts';

/** One JSON report of Cucumber for JavaScript, the JVM or Ruby, or of behave: each scenario is a test. */
export function parseCucumber(text: TextChunks): ParsedResults {
  return parseDocument('Cucumber report', () => {
    const features = readJson(text);
    if (!Array.isArray(features)) throw new Unreadable('it is no list of features');
    const list = new TestList();
    for (const feature of features) addFeature(fieldsOf(feature), list);
    return { ok: true, tests: list.tests };
  });
}

function addFeature(feature: Fields, list: TestList): void {
  if (textOf(feature['keyword']) === '' && !Array.isArray(feature['elements'])) throw new Unreadable('an entry of its list is no feature');
  let background: readonly Fields[] = [];
  for (const element of listOf(feature['elements']).map(fieldsOf)) {
    if ('elements' in element || 'children' in element) throw new Unreadable('a scenario holds others, which this version cannot read');
    const steps = stepsOf(element);
    // The JVM and Ruby tell a background before each scenario; behave once, without results.
    if (element['type'] === 'background') background = steps.filter((step) => 'result' in step);
    else {
      list.add(toTestCase(feature, element, [...background, ...steps]));
      background = [];
    }
  }
}

/** Hooks fail as steps do; Cucumber for JavaScript tells them as hidden steps. */
function stepsOf(element: Fields): readonly Fields[] {
  return [...listOf(element['before']), ...listOf(element['steps']).flatMap(withHooks), ...listOf(element['after'])].map(fieldsOf);
}

function withHooks(step: unknown): readonly unknown[] {
  const { before, after } = fieldsOf(step);
  return [...listOf(before), step, ...listOf(after)];
}

function toTestCase(feature: Fields, scenario: Fields, steps: readonly Fields[]): TestCase {
  const isBehave = typeof scenario['location'] === 'string';
  const [, locatedFile = '', locatedLine = ''] = /^(.+):(\d+)$/.exec(textOf(scenario['location'])) ?? [];
  const file = sanitizeLine(textOf(feature['uri']) || locatedFile);
  const line = countOf(scenario['line']) || countOf(Number(locatedLine));
  // behave knows what its hooks did, and leaves them out.
  const worst = worstOf([...steps.map(outcomeOf), ...(isBehave ? [outcomeByStatus(textOf(scenario['status']))] : [])]);
  const worstStep = worstOf(steps.map(outcomeOf));
  const decisive = steps.find((step) => outcomeOf(step) === worstStep);
  const duration = steps.reduce((sum, step) => sum + durationOf(step), 0) * (isBehave ? 1000 : 1e-6);
  return {
    name: sanitizeLine(textOf(scenario['name'])) || '(unnamed)',
    group: sanitizeLine(textOf(feature['name'])) || file,
    status: statuses[worst],
    durationMs: Math.round(duration * 1000) / 1000,
    ...(worst !== 'passed' && decisive !== undefined && describe(decisive, worstStep)),
    ...(file !== '' && { file }),
    ...(line > 0 && { line }),
  };
}

/** From good to bad; the worst step decides about its scenario. */
const outcomes = ['passed', 'skipped', 'pending', 'undefined', 'ambiguous', 'error', 'failed'] as const;
type Outcome = (typeof outcomes)[number];

const statuses: Readonly<Record<Outcome, TestStatus>> = {
  passed: 'passed',
  skipped: 'skipped',
  pending: 'todo',
  undefined: 'error',
  ambiguous: 'error',
  error: 'error',
  failed: 'failed',
};

function worstOf(found: readonly Outcome[]): Outcome {
  // A scenario without steps proves nothing.
  return found.reduce<Outcome | undefined>((worst, outcome) => (worst === undefined || outcomes.indexOf(outcome) > outcomes.indexOf(worst) ? outcome : worst), undefined) ?? 'skipped';
}

function outcomeOf(step: Fields): Outcome {
  return 'result' in step ? outcomeByStatus(textOf(fieldsOf(step['result'])['status'])) : 'skipped';
}

function outcomeByStatus(status: string): Outcome {
  const known = outcomes.find((outcome) => outcome === status);
  if (known !== undefined) return known;
  if (status === 'untested' || status === '') return 'skipped';
  return /^(?:untested_|pending)/.test(status) ? 'pending' : 'error';
}

function durationOf(step: Fields): number {
  const { duration } = fieldsOf(step['result']);
  return typeof duration === 'number' && duration >= 0 ? duration : 0;
}

function describe(step: Fields, outcome: Outcome): Pick<TestCase, 'message' | 'details'> {
  const { error_message: error } = fieldsOf(step['result']);
  const text = sanitizeText(Array.isArray(error) ? error.map(textOf).join('\n') : textOf(error));
  const name = sanitizeLine(`${textOf(step['keyword']).trim()} ${textOf(step['name'])}`);
  const firstLine = sanitizeLine(text.split('\n', 1)[0] ?? '');
  const message = firstLine || (name === '' ? '' : `${name}: ${outcome}`);
  const details = text === '' ? '' : sanitizeText(`${name}\n${text}`);
  return { ...(message !== '' && { message }), ...(details !== '' && { details }) };
}
