import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureGeneratorPackages } from './generator-packages.ts';

interface Generator {
  readonly createGenerator: (config: Readonly<Record<string, unknown>>) => { createSchema(type: string): Readonly<Record<string, unknown>> };
}

/** The JSON schema of report.json, made of the type `RunReport`. It allows keys that a later version adds. */
export async function renderReportSchema(): Promise<string> {
  const packages = await ensureGeneratorPackages();
  const entry = createRequire(join(packages, 'package.json')).resolve('ts-json-schema-generator');
  const { createGenerator } = (await import(pathToFileURL(entry).href)) as Generator;
  const schema = createGenerator({ path: resolve('lib/run/report.ts'), tsconfig: resolve('tsconfig.json'), type: 'RunReport', skipTypeCheck: true, additionalProperties: true }).createSchema('RunReport');
  return `${JSON.stringify({ $schema: schema['$schema'], title: 'report.json of kubesuite, version 1', ...schema }, null, 2)}\n`;
}
