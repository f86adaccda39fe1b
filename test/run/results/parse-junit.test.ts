import { describe, expect, test } from 'vitest';
import { toMilliseconds } from '../../../lib/run/results/junit-elements.ts';
import { junitDocuments } from '../../../lib/run/results/junit-documents.ts';
import { parseJunit as parseChunks } from '../../../lib/run/results/parse-junit.ts';
import { readFixture, summarize } from './fixture.ts';

const parseJunit = (text: string) => parseChunks([text]);

const escape = '\u001b';

describe('real producers', () => {
  test('pytest', () => {
    expect(summarize(parseJunit(readFixture('pytest.xml')))).toMatchInlineSnapshot(`
      "passed  test_shop > test_adds
      failed  test_shop > test_fails: AssertionError: wrong <total> & more assert 3 == 4
      skipped test_shop > test_skipped: not today
      skipped test_shop > test_expected: pytest.xfail
      error   test_shop > test_error: failed on setup with "RuntimeError: no redis"
      passed  test_shop > test_names[a b]
      passed  test_shop > test_names[\\xfc\\x1b[31m]
      passed  test_shop > test_names[<x>]"
    `);
  });

  test('bats', () => {
    expect(summarize(parseJunit(readFixture('bats.xml')))).toMatchInlineSnapshot(`
      "passed  shop.bats > adds
      failed  shop.bats > fails: (in test file shop.bats, line 2)
      skipped shop.bats > skipped: not today"
    `);
  });

  test('vitest', () => {
    expect(summarize(parseJunit(readFixture('vitest.xml')))).toMatchInlineSnapshot(`
      "passed  shop.test.ts > cart > adds
      failed  shop.test.ts > cart > fails <hard>: expected { total: 3 } to deeply equal { total: 4 }
      skipped shop.test.ts > cart > is skipped
      skipped shop.test.ts > cart > is written later"
    `);
  });

  test('node:test, whose failed todo tests are no failures', () => {
    expect(summarize(parseJunit(readFixture('node-test.xml')))).toMatchInlineSnapshot(`
      "passed  cart > adds (/suite/shop.test.mjs)
      failed  cart > fails: 2 == 3 (/suite/shop.test.mjs)
      todo    cart > later: not written (/suite/shop.test.mjs)
      skipped cart > skips: not today (/suite/shop.test.mjs)
      passed  parent > child (/suite/shop.test.mjs)"
    `);
  });

  test.each(['jest', 'surefire', 'gotestsum', 'playwright', 'cypress', 'phpunit', 'rspec', 'ginkgo'])('%s', (name) => {
    expect(summarize(parseJunit(readFixture(`${name}.xml`)))).toMatchSnapshot();
  });

  test("of .NET's JunitXml.TestLogger, as its repository shows in docs/assets/TestResults.xml", () => {
    const failure = '<failure type="failure" message="  Expected: 8&#xD;&#xA;  But was:  2&#xD;&#xA;">   at Shop.CartTests.Adds(Int32 a) in C:\\shop\\CartTests.cs:line 40\n\n</failure>';
    const cases = `<testcase classname="Shop.CartTests" name="Adds(1)" file="C:\\shop\\Shop.dll" time="1E-07" /><testcase classname="Shop.CartTests" name="Adds(2)" time="0.002">${failure}</testcase>`;
    const parsed = parseJunit(`\ufeff<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="Shop.dll" tests="2" failures="1"><testsuite name="Shop.dll" tests="2" skipped="0" failures="1" errors="0">${cases}</testsuite></testsuites>`);
    expect(summarize(parsed)).toBe('passed  Shop.CartTests > Adds(1) (C:\\shop\\Shop.dll)\nfailed  Shop.CartTests > Adds(2): Expected: 8 But was: 2');
  });

  test('in pieces cut anywhere', () => {
    for (const name of ['pytest', 'node-test', 'playwright', 'ginkgo', 'surefire']) {
      const xml = `${readFixture(`${name}.xml`)}`;
      const pieces = (size: number): readonly string[] => Array.from({ length: Math.ceil(xml.length / size) }, (_, index) => xml.slice(index * size, (index + 1) * size));
      for (const size of [1, 7, 64]) expect(parseChunks(pieces(size))).toEqual(parseJunit(xml));
    }
    const coloured = '<testsuite><testcase name="&#27;[31mred\u001b[0m&#0;"/></testsuite>';
    for (let cut = 0; cut < coloured.length; cut++) expect(summarize(parseChunks([coloured.slice(0, cut), coloured.slice(cut)]))).toBe('passed  red\ufffd');
  });

  test('keeps the stack as details', () => {
    const parsed = parseJunit(readFixture('pytest.xml'));
    expect(parsed.ok && parsed.tests[1]?.details).toContain('\n>       assert total == 4, "wrong <total> & more"\n');
  });
});

describe('dialects', () => {
  test('nested suites, tests without suites, file and line of the test or its suite', () => {
    expect(summarize(parseJunit('<testcase name="alone"/>'))).toBe('passed  alone');
    const nested = '<testsuites name="all"><testsuite name="outer" file="a.ts"><testsuite name="inner"><testcase name="t" line="7"/></testsuite><testcase name="u" classname="c"/></testsuite></testsuites>';
    expect(summarize(parseJunit(nested))).toBe('passed  inner > t (a.ts:7)\npassed  c > u (a.ts)');
  });

  test('of googletest, CTest and others, who tell the outcome in an attribute', () => {
    const attributes = ['status="run" result="completed"', 'status="notrun" result="suppressed"', 'status="fail"', 'result="errored"', 'status="disabled"', 'status="panicked"', 'status="timedout"'];
    expect(summarize(parseJunit(`<testsuite>${attributes.map((text) => `<testcase name="t" ${text}/>`).join('')}</testsuite>`)).split('\n').map((line) => line.split(' ')[0])).toEqual([
      'passed', 'skipped', 'failed', 'error', 'skipped', 'error', 'error',
    ]);
  });

  test('of Surefire, who runs failed tests again', () => {
    const flaky = '<testcase name="flaky"><flakyFailure message="at first"><stackTrace>x</stackTrace></flakyFailure></testcase>';
    const failed = '<testcase name="failed"><failure message="always"/><rerunFailure message="again"/></testcase>';
    expect(summarize(parseJunit(`<testsuite>${flaky}${failed}</testsuite>`))).toBe('passed  flaky: at first\nfailed  failed: always');
  });

  test.each(['RiskyTestError', 'OutputError', 'MissingCoversAnnotationException', 'UnintentionallyCoveredCodeError', 'CoveredCodeNotExecutedException'])(
    'of PHPUnit 9, who writes a risky test, which has passed, as an error: %s',
    (type) => {
      const risky = `<error type="PHPUnit\\Framework\\${type}">ShopTest::testRisky\nno assertions</error>`;
      const suite = (...findings: readonly string[]): string => `<testsuite errors="1"><testcase classname="ShopTest" name="testRisky">${findings.join('')}</testcase></testsuite>`;
      expect(summarize(parseJunit(suite(risky)))).toBe('passed  ShopTest > testRisky: no assertions');
      expect(summarize(parseJunit(suite(risky, '<failure message="wrong"/>')))).toBe('failed  ShopTest > testRisky: wrong');
      expect(summarize(parseJunit(suite(risky.replace('PHPUnit', 'Shop'))))).toBe('error   ShopTest > testRisky: no assertions');
    },
  );

  test('of PHPUnit, who names the test before the message, with or without a namespace', () => {
    const failed = (className: string): string =>
      `<testcase name="testAdds" class="${className}" classname="${className.replaceAll('\\', '.')}"><failure type="E">${className}::testAdds\nwrong total</failure></testcase>`;
    expect(summarize(parseJunit(`<testsuite>${failed('ShopTest')}${failed('Shop\\CartTest')}</testsuite>`))).toBe('failed  ShopTest > testAdds: wrong total\nfailed  Shop.CartTest > testAdds: wrong total');
  });

  test('a suite whose set-up failed is a failing test', () => {
    expect(summarize(parseJunit('<testsuite name="s"><error message="no database"/><testcase name="t"/></testsuite>'))).toBe('error   s > (suite): no database\npassed  s > t');
  });

  test('the worst of several findings decides', () => {
    const parsed = parseJunit('<testsuite><testcase name="t"><skipped/><failure message="f">one</failure><error message="e">two</error></testcase></testsuite>');
    expect(parsed).toMatchObject({ ok: true, tests: [{ status: 'error', message: 'e', details: expect.stringContaining('failure: f\none') }] });
  });

  test('output, properties and unknown elements say nothing', () => {
    const noise = '<properties><property name="failure" value="x"/></properties><system-out><![CDATA[<failure/>]]></system-out><extra><deep>x</deep></extra>';
    expect(summarize(parseJunit(`<testsuite>${noise}<testcase name="t">${noise}</testcase></testsuite>`))).toBe('passed  t');
  });

  test('times of every locale', () => {
    expect(['0.5', '0,5', '1,234.5', '1e-3', '7', '', ' ', '-1', 'NaN', 'soon', undefined].map(toMilliseconds)).toEqual([
      500, 500, 1_234_500, 1, 7000, undefined, undefined, undefined, undefined, undefined, undefined,
    ]);
  });

  test('terminal escapes, raw or as references, do not make the XML unreadable', () => {
    const parsed = parseJunit(`<testsuite><testcase name="&#27;[31mred${escape}[0m&#0;"><failure><![CDATA[${escape}[1mbold\u0000]]></failure></testcase></testsuite>`);
    expect(summarize(parsed)).toBe('failed  red\ufffd: bold\ufffd');
  });
});

describe('no false green', () => {
  test.each([
    ['', 'results-truncated'],
    ['<testsuite><testcase name="a"/>', 'results-truncated'],
    ['<testsuite><testcase name="a"><failure mess', 'results-truncated'],
    ['<testsuite><testcase name="a"/></testsuites>', 'results-invalid'],
    ['<testsuite tests="3"/>', 'results-truncated'],
    ['<testsuite tests="2" failures="1"><testcase name="a"/><testcase name="b"/></testsuite>', 'results-invalid'],
    ['<testsuites errors="1"><testsuite><testcase name="a"/></testsuite></testsuites>', 'results-invalid'],
    ['<html><body>502</body></html>', 'results-invalid'],
    ['{"tests": 1}', 'results-invalid'],
    ['<testsuite><testcase><testcase/></testcase></testsuite>', 'results-invalid'],
    ['<testsuite/><testsuite/>', 'results-invalid'],
  ])('%s is %s', (xml, cause) => {
    expect(parseJunit(xml)).toMatchObject({ ok: false, cause, message: expect.stringMatching(/[^.]\.$/) });
  });

  test('every prefix of a document is refused', () => {
    const xml = readFixture('pytest.xml');
    for (let length = 0; length < xml.length; length++) expect(parseJunit(xml.slice(0, length)).ok).toBe(false);
  });
});

describe('hostile XML', () => {
  test('no document type, no entities, no depth', () => {
    const laughs = '<!DOCTYPE t [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><testsuite><testcase name="&b;"/></testsuite>';
    const outside = '<!DOCTYPE t SYSTEM "file:///etc/passwd"><testsuite/>';
    for (const xml of [laughs, outside, '<testsuite><testcase name="&passwd;"/></testsuite>', '<testsuite>'.repeat(100_000)]) {
      expect(parseJunit(xml)).toMatchObject({ ok: false, cause: 'results-invalid' });
    }
  });

  test('names of the prototype are only names', () => {
    expect(summarize(parseJunit('<testsuite><testcase name="__proto__" __proto__="x" constructor="y" time="toString"/></testsuite>'))).toBe('passed  __proto__');
  });

  test('text is cut', () => {
    const parsed = parseJunit(`<testsuite><testcase name="${'n'.repeat(1e6)}"><failure message="${'m'.repeat(1e6)}">${'t'.repeat(1e6)}</failure></testcase></testsuite>`);
    const [found] = parsed.ok ? parsed.tests : [];
    expect(found?.name).toHaveLength(1000);
    expect(found?.message).toHaveLength(1000);
    expect(found?.details?.length).toBeLessThan(66_000);
    expect(found?.details).toMatch(/\[\d+ more characters\]$/);
  });
});

describe('documents in a log', () => {
  test('are found between other lines, with CDATA, comments and quotes that look like tags', () => {
    const first = '<testsuites><!-- </testsuites> --><testsuite name="a > b" tests=\'1\'><testcase name="t"/><![CDATA[</testsuites>]]></testsuite><testsuite /></testsuites>';
    const second = '<testsuite name="/"/>';
    expect([...junitDocuments(`starting\n<?xml version="1.0"?>\n${first}\nbye ${second}<testsuitex/>`)]).toEqual([first, second]);
  });

  test('that do not end reach to the end of the log', () => {
    for (const cut of ['<testsuite><testcase/>', '<testsuite name="', '<testsuite><![CDATA[ </testsuite>', '<testsuite><!-- </testsuite>', '<testsuite ']) {
      expect([...junitDocuments(`log\n${cut}`)]).toEqual([cut]);
    }
  });

  test('are found in linear time', () => {
    for (const piece of ['<testsuite ', '<testsuite>', '<![CDATA[', '<!--', '<testsuite a="', '</testsuite>', '<testsuite/>']) {
      const startedAt = performance.now();
      expect([...junitDocuments(`<testsuite>${piece.repeat(200_000)}`)].length).toBeGreaterThan(0);
      expect(performance.now() - startedAt).toBeLessThan(2000);
    }
  });
});
