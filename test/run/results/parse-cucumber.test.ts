import { describe, expect, test } from 'vitest';
import { parseCucumber as parseChunks } from '../../../lib/run/results/parse-cucumber.ts';
import { readFixture, summarize } from './fixture.ts';

const parseCucumber = (text: string) => parseChunks([text]);

const step = (name: string, status: string, more: object = {}): object => ({ keyword: 'Given ', name, result: { status, ...more } });
const scenario = (name: string, steps: readonly object[], more: object = {}): object => ({ type: 'scenario', keyword: 'Scenario', name, steps, ...more });
const feature = (...elements: readonly object[]): string => JSON.stringify([{ keyword: 'Feature', name: 'cart', uri: 'cart.feature', elements }]);

test.each(['cucumber-js', 'behave'])('of %s', (name) => {
  expect(summarize(parseCucumber(readFixture(`${name}.json`)))).toMatchSnapshot();
});

test('durations are nanoseconds, and seconds of behave', () => {
  const durations = (name: string) => {
    const parsed = parseCucumber(readFixture(`${name}.json`));
    return parsed.ok ? parsed.tests.map(({ durationMs = -1 }) => durationMs) : [];
  };
  // 370,399 + 127,809 + 94,280 ns, and 0.000157… + 0.000166… + 0.0000636… s.
  expect(durations('cucumber-js')[0]).toBe(0.592);
  expect(durations('behave')[0]).toBe(0.387);
});

test('of the JVM and Ruby: a background before each scenario decides about it, and about no other', () => {
  const background = (status: string): object => ({ type: 'background', keyword: 'Background', name: '', steps: [step('a shop', status, { error_message: 'no redis\n\tat x' })] });
  const text = feature(background('failed'), scenario('one', [step('a', 'skipped')]), background('passed'), scenario('two', [step('a', 'passed')]), scenario('three', [step('a', 'passed')]));
  expect(summarize(parseCucumber(text))).toBe('failed  cart > one: no redis (cart.feature)\npassed  cart > two (cart.feature)\npassed  cart > three (cart.feature)');
});

test('hooks of scenarios and steps decide as steps do', () => {
  const hook = { match: { location: 'x' }, result: { status: 'failed', error_message: 'no room' } };
  const text = feature(scenario('before', [step('a', 'skipped')], { before: [hook] }), scenario('after', [step('a', 'passed')], { after: [hook] }), scenario('step', [{ ...step('a', 'passed'), after: [hook] }]));
  expect(summarize(parseCucumber(text))).toBe(['before', 'after', 'step'].map((name) => `failed  cart > ${name}: no room (cart.feature)`).join('\n'));
});

describe('no false green', () => {
  test.each(['failed', 'undefined', 'ambiguous', 'pending', 'skipped', 'unknown', 'PASSED', ''])('a scenario with a step that is %j does not pass', (status) => {
    const parsed = parseCucumber(feature(scenario('s', [step('a', 'passed'), step('b', status), step('c', 'passed')])));
    expect(parsed.ok && parsed.tests.length === 1 && parsed.tests[0]?.status !== 'passed').toBe(true);
  });

  test('a scenario without steps, or without results, proves nothing', () => {
    expect(summarize(parseCucumber(feature(scenario('s', []), scenario('t', [{ keyword: 'Given ', name: 'a' }]))))).toMatch(/^skipped cart > s .*\nskipped cart > t: /);
  });

  test.each([
    ['', 'results-truncated'],
    ['{"reportFormat":"CTRF"}', 'results-invalid'],
    ['[1]', 'results-invalid'],
    ['[{"name":"x"}]', 'results-invalid'],
    ['"x"', 'results-invalid'],
    [JSON.stringify([{ keyword: 'Feature', elements: [{ type: 'rule', children: [{ steps: [{ result: { status: 'failed' } }] }] }] }]), 'results-invalid'],
  ])('%s is %s', (text, cause) => {
    expect(parseCucumber(text)).toMatchObject({ ok: false, cause, message: expect.stringMatching(/[^.]\.$/) });
  });

  test('every prefix of a report is refused as cut off', () => {
    const text = readFixture('cucumber-js.json').trimEnd();
    for (let length = 0; length < text.length; length++) expect(parseCucumber(text.slice(0, length))).toMatchObject({ ok: false, cause: 'results-truncated' });
  });
});
