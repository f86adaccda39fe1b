import { nameSome } from '../../../name-some.ts';
import { plural } from '../../../plural.ts';
import type { AttemptReport, SuiteReport } from '../../../run/report.ts';
import type { TestCase } from '../../../run/results/test-case.ts';
import { furtherEvents, renderAdvice, renderEvidence } from '../diagnosis.ts';
import { formatDuration } from '../duration.ts';
import { failingTests, failureText, testTitle } from '../failing-tests.ts';
import { linesOf } from '../sanitize.ts';
import { locationOf } from '../source-location.ts';
import { verdictLooks } from '../style.ts';
import { unreadEvidence } from '../unread-evidence.ts';
import { block, code, details, htmlCode, sentence } from './code.ts';

const limits = { tests: 10, files: 10, events: 5, text: { head: 30, tail: 10, width: 500 }, log: { head: 0, tail: 40, width: 500 } };

/** Why a suite is not green: message, failing tests, evidence and the end of its log. */
export function renderSuiteSection(suite: SuiteReport): string {
  const { glyph, word } = verdictLooks[suite.verdict];
  const failing = failingTests(suite);
  const more = failing.length - limits.tests;
  return [
    `### ${glyph} ${code(suite.key)} ${word}${suite.cause === undefined ? '' : `: ${suite.cause}`}`,
    sentence(suite.message),
    ...failing.slice(0, limits.tests).map(renderTest),
    ...(more > 0 ? [`and ${plural(more, 'more failing test')}`] : []),
    ...renderDiagnosis(suite),
    ...renderEvents(suite),
    ...renderAttempts(suite),
    ...renderLog(suite.attempts.at(-1)),
    ...renderFiles(suite),
    ...renderUnread(suite),
  ].join('\n\n');
}

function renderTest(test: TestCase): string {
  const place = locationOf(test);
  const at = place === undefined ? '' : ` ${htmlCode(`${place.file}${place.line === undefined ? '' : `:${place.line}`}`)}`;
  const time = test.durationMs === undefined ? '' : ` ${formatDuration(test.durationMs)}`;
  const text = failureText(test);
  const summary = `${verdictLooks.failed.glyph} ${htmlCode(testTitle(test))}${at}${time}`;
  return details(summary, linesOf(text).length === 0 ? 'It says nothing of its failure.' : block(text, limits.text));
}

function renderDiagnosis({ diagnosis }: SuiteReport): readonly string[] {
  if (diagnosis === undefined) return [];
  const evidence = renderEvidence(diagnosis);
  return [
    ...(evidence.length === 0 ? [] : ['What the cluster says:', block(evidence.join('\n'), limits.text)]),
    'What to do:',
    block(renderAdvice(diagnosis).join('\n'), limits.text),
  ];
}

function renderEvents(suite: SuiteReport): readonly string[] {
  const events = suite.verdict === 'error' ? furtherEvents(suite).slice(-limits.events) : [];
  return events.length === 0 ? [] : [details('events of the cluster', block(events.map(({ reason, message }) => `${reason}: ${message.replaceAll('\n', ' ')}`).join('\n'), limits.text))];
}

function renderAttempts({ attempts }: SuiteReport): readonly string[] {
  if (attempts.length < 2) return [];
  return [attempts.map(({ number, verdict, message }) => `* attempt ${number}: ${verdictLooks[verdict].word}. ${sentence(message)}`).join('\n')];
}

function renderLog(attempt: AttemptReport | undefined): readonly string[] {
  if (attempt === undefined || linesOf(attempt.logTail).length === 0) return [];
  return [details('end of the log', block(attempt.logTail, limits.log))];
}

function renderFiles({ attempts, attachments }: SuiteReport): readonly string[] {
  const last = attempts.at(-1);
  const paths = [...(last?.log === undefined ? [] : [last.log]), ...(last?.files ?? []).map(({ path }) => path), ...attachments.flatMap(({ path = [] }) => path)];
  return paths.length === 0 ? [] : [`Files: ${nameSome(paths.map((path) => code(path)), limits.files)}`];
}

function renderUnread(suite: SuiteReport): readonly string[] {
  const lines = unreadEvidence(suite);
  return lines.length === 0 ? [] : [`Not attached: ${lines.map((line) => sentence(line)).join(' ')}`];
}
