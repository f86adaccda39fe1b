import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { bundledPackage } from './bundled-modules.ts';

/**
 * For the time of `npm pack` and `npm publish`, package.json names dist/ where it else names lib/, and no dependency that is bundled.
 * npm itself has no way to publish other entry points than those that the repository runs on.
 */
const file = 'package.json';
const kept = 'package.json.kept';

if (process.argv.includes('--restore')) {
  renameSync(kept, file);
} else {
  const text = readFileSync(file, 'utf8');
  if (existsSync(kept)) throw new Error(`${kept} is left from a pack that was broken off: \`node scripts/publish-manifest.ts --restore\` puts it back.`);
  writeFileSync(kept, text);
  const { scripts: _scripts, devDependencies: _devDependencies, allowScripts: _allowScripts, dependencies, ...manifest } = JSON.parse(text) as Record<string, unknown>;
  const { [bundledPackage]: _bundled, ...needed } = dependencies as Record<string, string>;
  writeFileSync(file, `${JSON.stringify({ ...(toDist(manifest) as object), dependencies: needed }, null, 2)}\n`);
}

/** Every `./lib/x.ts` becomes the pair of what TypeScript and Node read of it. */
function toDist(value: unknown, allowTypes = false): unknown {
  if (typeof value === 'string') {
    const source = /^\.\/lib\/(.+)\.ts$/.exec(value);
    if (source === null) return value;
    const compiled = `./dist/${source[1]}`;
    return allowTypes ? { types: `${compiled}.d.ts`, default: `${compiled}.js` } : `${compiled}.js`;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toDist(member, allowTypes || key === 'exports')]));
}
