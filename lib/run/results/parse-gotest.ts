import { goOutputLocation, isGoFraming } from './go-output.ts';
import { parseDocument, truncated, Unreadable, type ParsedResults } from './parsed-results.ts';
import { maxTextLength, sanitizeLine, sanitizeText } from './sanitize.ts';
import type { TestCase } from './test-case.ts';
import { maxTests, TestList } from './test-list.ts';
import { textLines, type TextChunks } from './text-lines.ts';

/** go test cuts output into lines; one that is longer is somebody else's. */
const maxLineLength = 1024 * 1024;

interface GoEvent {
  readonly action: string;
  /** Package of a test, or import path of a build. */
  readonly package: string;
  readonly test: string;
  readonly output: string;
  readonly elapsed: number | undefined;
  readonly failedBuild: string;
}

interface GoPackage {
  readonly running: Map<string, string>;
  readonly tests: TestCase[];
  output: string;
  outcome: 'pass' | 'fail' | 'skip' | undefined;
  failedBuild: string;
}

const statuses: Readonly<Record<string, TestCase['status']>> = { pass: 'passed', bench: 'passed', fail: 'failed', skip: 'skipped' };

/** The output of `go test -json`, possibly between lines of builds and other programs. */
export function parseGoTest(text: TextChunks): ParsedResults {
  return parseDocument('go test output', () => readOutput(text));
}

function readOutput(text: TextChunks): ParsedResults {
  const packages = new Map<string, GoPackage>();
  const builds = new Map<string, string>();
  let started = 0;
  let ended = 0;
  let brokenBuild: string | undefined;
  for (const event of readEvents(text)) {
    if (event.action === 'build-output') builds.set(event.package, append(builds.get(event.package), event.output));
    if (event.action === 'build-fail') brokenBuild = event.package;
    if (event.action.startsWith('build-')) continue;
    if (event.test !== '' && event.action === 'run') started++;
    if (event.test !== '' && statuses[event.action] !== undefined) ended++;
    if (Math.max(started, ended) > maxTests) throw new Unreadable(`it has more than ${maxTests} tests`);
    take(event, packageOf(packages, event.package));
  }

  const list = new TestList();
  for (const [name, { running, outcome, ...rest }] of packages) {
    if (outcome === undefined) return truncated(`The go test output ends before package ${sanitizeLine(name, 200)} does.`);
    for (const test of rest.tests) list.add(test);
    // A test that has no end was running when the process died.
    for (const [test, output] of running) {
      list.add({ ...describe(name, test, 'error', output || rest.output), message: 'The test did not end: its process died.' });
    }
    const isExplained = running.size > 0 || rest.tests.some(({ status }) => status === 'failed');
    if (outcome === 'fail') brokenBuild = undefined;
    if (outcome === 'fail' && !isExplained) list.add(failedPackage(name, rest, builds));
  }
  if (brokenBuild !== undefined) return truncated(`The go test output ends before the package whose build of ${sanitizeLine(brokenBuild, 200)} failed.`);
  return { ok: true, tests: list.tests };
}

function take(event: GoEvent, state: GoPackage): void {
  const { action, test } = event;
  if (action === 'output' && !state.running.has(test)) state.output = append(state.output, event.output);
  if (test === '') {
    if (action === 'pass' || action === 'fail' || action === 'skip') state.outcome = action;
    if (event.failedBuild !== '') state.failedBuild = event.failedBuild;
    return;
  }
  if (action === 'run') state.running.set(test, '');
  if (action === 'output' && state.running.has(test)) state.running.set(test, append(state.running.get(test), event.output));
  const status = statuses[action];
  if (status !== undefined) {
    const found = describe(event.package, test, status, state.running.get(test) ?? '');
    state.tests.push(event.elapsed === undefined ? found : { ...found, durationMs: Math.round(event.elapsed * 1000) });
    state.running.delete(test);
  }
}

function describe(group: string, name: string, status: TestCase['status'], output: string): TestCase {
  const test = { name: sanitizeLine(name), group: sanitizeLine(group), status };
  if (status === 'passed') return test;
  const own = output.split('\n').filter((line) => !isGoFraming(line)).join('\n');
  const location = goOutputLocation(own);
  if (status === 'skipped') return location.message === undefined ? test : { ...test, message: location.message };
  return { ...test, ...location, ...(own.trim() !== '' && { details: sanitizeText(own) }) };
}

function failedPackage(group: string, { output, failedBuild }: Omit<GoPackage, 'running' | 'outcome'>, builds: ReadonlyMap<string, string>): TestCase {
  const build = builds.get(failedBuild);
  const isBuild = failedBuild !== '' || /\[(?:build|setup) failed\]/.test(output);
  return {
    name: isBuild ? '(build)' : '(package)',
    group: sanitizeLine(group),
    status: 'error',
    message: isBuild ? 'The package does not build.' : 'The package failed, although no test of it did.',
    details: sanitizeText(build ?? output),
  };
}

function packageOf(packages: Map<string, GoPackage>, name: string): GoPackage {
  let found = packages.get(name);
  if (found === undefined) packages.set(name, (found = { running: new Map(), tests: [], output: '', outcome: undefined, failedBuild: '' }));
  return found;
}

function append(text: string | undefined, more: string): string {
  if (text === undefined) return more;
  return text.length > maxTextLength ? text : text + more;
}

function* readEvents(text: TextChunks): Generator<GoEvent> {
  for (const line of textLines(text, maxLineLength)) {
    const event = line.startsWith('{') ? toEvent(line) : undefined;
    if (event !== undefined) yield event;
  }
}

function toEvent(line: string): GoEvent | undefined {
  let fields: Readonly<Record<string, unknown>>;
  try {
    fields = JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
  const field = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
  const elapsed = fields['Elapsed'];
  const event: GoEvent = {
    action: field('Action'),
    package: field('Package') || field('ImportPath'),
    test: field('Test'),
    output: field('Output'),
    elapsed: typeof elapsed === 'number' && elapsed >= 0 ? elapsed : undefined,
    failedBuild: field('FailedBuild'),
  };
  // A suite may log JSON of its own.
  return actions.has(event.action) && event.package !== '' ? event : undefined;
}

const actions: ReadonlySet<string> = new Set(['start', 'run', 'pause', 'cont', 'pass', 'bench', 'fail', 'output', 'skip', 'build-output', 'build-fail']);
