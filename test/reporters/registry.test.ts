import { describe, expect, it } from 'vitest';
import { KubesuiteError } from '../../lib/errors.ts';
import { createReporters, reporterNames } from '../../lib/reporters/registry.ts';
import { FakeScreen } from '../support/fake-screen.ts';
import { MemoryFolder } from '../support/memory-folder.ts';

const deps = { screen: new FakeScreen(), folder: new MemoryFolder(), now: () => new Date(0) };

function errorOf(names: readonly string[]): unknown {
  try {
    return createReporters(names, deps);
  } catch (error) {
    return error;
  }
}

describe('createReporters', () => {
  it('creates each once, in the order of the names', () => {
    const names = createReporters(['junit', 'default', 'junit', 'json'], deps).map((reporter) => reporter.constructor.name);
    expect(names).toEqual(['JunitReporter', 'DefaultReporter', 'JsonReporter']);
    expect(reporterNames).toEqual(['default', 'json', 'junit']);
  });

  it.each([
    ['jnit', 'json, junit'],
    ['xml', 'default'],
    ['constructor', 'default'],
    ['', 'default'],
  ])('refuses %j', (name) => {
    const error = errorOf(['default', name]);
    expect(error).toBeInstanceOf(KubesuiteError);
    expect(error).toMatchObject({ code: 'USAGE', message: `Reporter must be one of default, json, junit; received ${JSON.stringify(name)}.` });
  });

  it('suggests a near name', () => {
    expect(errorOf(['junti'])).toMatchObject({ hint: 'Did you mean --reporter junit?' });
    expect(errorOf(['dot'])).toMatchObject({ hint: 'Use --reporter default.' });
  });
});
