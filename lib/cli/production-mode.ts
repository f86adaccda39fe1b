import { KubesuiteError } from '../errors.ts';

/**
 * What PRODUCTION_MODE says of the chart's value `productionMode`.
 * @returns undefined when it says nothing: then the values files and the chart decide
 * @throws KubesuiteError USAGE for any other word: a production that is none must not go unnoticed
 */
export function productionModeOf(env: Readonly<Record<string, string | undefined>>): boolean | undefined {
  const said = env['PRODUCTION_MODE'] ?? '';
  if (said === '') return undefined;
  if (said === 'true' || said === 'false') return said === 'true';
  throw new KubesuiteError('USAGE', `PRODUCTION_MODE must be true or false; received ${JSON.stringify(said)}.`, { hint: 'PRODUCTION_MODE=true for the images of production; leave it out for the value productionMode' });
}
