import { globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';
import { rolldown, type OutputChunk } from 'rolldown';

/** Is in the npm package itself, with all that it depends on, instead of among its dependencies. */
export const bundledPackage = '@kubernetes/client-node';

/**
 * Puts the compiled modules of a folder into few: Node takes longer to find and link hundreds of files than to run them.
 * The bundled package goes into them, and the licences of all that it brings along into a file beside them.
 * @param entries - modules that keep their path, without `.js`
 */
export async function bundleModules(folder: string, entries: readonly string[]): Promise<void> {
  const chunks = await bundle(folder, entries);
  refuseUndeclared(chunks);
  const licences = packageFolders(chunks.flatMap(({ moduleIds }) => moduleIds)).map(licenceOf).join('\n\n');
  for (const { fileName, code } of chunks) {
    mkdirSync(dirname(join(folder, fileName)), { recursive: true });
    writeFileSync(join(folder, fileName), code);
  }
  writeFileSync(join(folder, 'licenses.txt'), licences);
  const written = new Set(chunks.map(({ fileName }) => join(folder, fileName)));
  for (const path of globSync(`${folder}/**/*.js`)) if (!written.has(path)) rmSync(path);
}

async function bundle(folder: string, entries: readonly string[]): Promise<readonly OutputChunk[]> {
  await using modules = await rolldown({
    input: Object.fromEntries(entries.map((entry) => [entry, join(folder, `${entry}.js`)])),
    platform: 'node',
    logLevel: 'silent',
    external: (id, importer) => importer !== undefined && isDependency(id, importer),
  });
  const { output } = await modules.generate({ format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' });
  return output.filter((file) => file.type === 'chunk');
}

/** What the bundled package imports is bundled too: it may need another version than kubesuite depends on. */
function isDependency(id: string, importer: string): boolean {
  return /^[^./#]/.test(id) && !isAbsolute(id) && packageOf(id) !== bundledPackage && !importer.includes('/node_modules/');
}

function packageOf(id: string): string {
  return id.split('/').slice(0, id.startsWith('@') ? 2 : 1).join('/');
}

function refuseUndeclared(chunks: readonly OutputChunk[]): void {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly dependencies: Readonly<Record<string, string>> };
  const own = new Set(chunks.map(({ fileName }) => fileName));
  const outside = chunks.flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports]).filter((id) => !own.has(id) && !isBuiltin(id));
  const undeclared = outside.filter((id) => !Object.hasOwn(dependencies, packageOf(id)));
  if (undeclared.length > 0) throw new Error(`The bundle imports ${[...new Set(undeclared)].join(', ')}, which package.json does not have: add it to its dependencies, or bundle it as well.`);
}

function packageFolders(moduleIds: readonly string[]): readonly string[] {
  const folders = moduleIds.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id) ?? []);
  return [...new Set(folders)].toSorted();
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Readonly<Record<'name' | 'version', string> & { license?: string }>;
  if (license === undefined) throw new Error(`${name} ${version} would be bundled, whose package.json has no licence: do without it, or look up what it allows.`);
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && /^(?:licen[cs]e|copying|notice)/i.test(entry.name));
  const texts = files.map((file) => readFileSync(join(folder, file.name), 'utf8').trim());
  return [`${name} ${version} (${license})`, ...texts].join('\n\n');
}
