import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

/** Is in the npm package itself, with all that it depends on, instead of among its dependencies. */
export const bundledPackage = '@kubernetes/client-node';

/** Puts the client into a compiled module that exports parts of it, and the licences of all that it brings along beside it. */
export async function bundleClient(module: string): Promise<void> {
  const bundle = await rolldown({ input: module, platform: 'node', logLevel: 'silent' });
  const { output } = await bundle.write({ file: module, format: 'esm', codeSplitting: false });
  await bundle.close();
  const outside = output[0].imports.filter((name) => !isBuiltin(name));
  if (outside.length > 0) throw new Error(`The bundle of ${bundledPackage} still imports ${outside.join(', ')}.`);
  writeFileSync(module.replace(/\.js$/, '.licenses.txt'), packageFolders(output[0].moduleIds).map(licenceOf).join('\n\n'));
}

function packageFolders(moduleIds: readonly string[]): readonly string[] {
  const folders = moduleIds.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id) ?? []);
  return [...new Set(folders)].toSorted();
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Readonly<Record<'name' | 'version' | 'license', string>>;
  const texts = readdirSync(folder).filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file)).map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [`${name} ${version} (${license})`, ...texts].join('\n\n');
}
