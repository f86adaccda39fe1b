import { readFile } from 'node:fs/promises';
import { rolldown } from 'rolldown';

const folder = 'lib/reporters/html/client';
const licence = '/*! Includes anser, (c) Ionică Bizău and drudru, MIT licence: https://github.com/IonicaBizau/anser */';

/** The script and the style of the HTML report as one module, so that the CLI needs no bundler. */
export async function renderPageAssets(): Promise<string> {
  const [script, style] = await Promise.all([bundleScript(), readFile(`${folder}/style.css`, 'utf8')]);
  for (const text of [script, style]) {
    if (/<\/s(?:cript|tyle)|<!--/i.test(text)) throw new Error('The script or the style of the report would end its element in the page.');
  }
  return `// Written by \`npm run generate\` from client/.\nexport const pageScript = ${JSON.stringify(script)};\nexport const pageStyle = ${JSON.stringify(shorten(style))};\n`;
}

async function bundleScript(): Promise<string> {
  const bundle = await rolldown({ input: `${folder}/main.ts`, platform: 'browser', logLevel: 'silent' });
  const { output } = await bundle.generate({ format: 'esm', minify: true });
  await bundle.close();
  if (output.length !== 1) throw new Error(`The report's script must be one file: ${output.map(({ fileName }) => fileName).join(', ')}.`);
  return `${licence}\n${output[0].code.trim()}`;
}

function shorten(style: string): string {
  return style.split('\n').map((line) => line.trim()).join('\n').trim();
}
