import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Layout } from '../../lib/config/layout.ts';

export interface InstallFigures {
  readonly helm: 3 | 4;
  readonly layout: Layout;
  readonly suites: number;
  readonly installSeconds: number;
  readonly releaseBytes: number;
  readonly estimatedBytes: number;
  readonly uninstallSeconds: number;
  /** Until nothing was left. */
  readonly emptySeconds: number;
}

export interface Figures {
  readonly installs: InstallFigures[];
  readonly synths: { readonly suites: number; readonly layout: Layout; readonly seconds: number }[];
  readonly sizes: { readonly layout: Layout; readonly naming: string; readonly perSuite: number; readonly most: number }[];
  readonly waits: { readonly suites: number; readonly seconds: number }[];
}

const page = resolve(import.meta.dirname, '../../docs/scale.md');
const limits = /(?<=<!-- figures: npm run test:scale -->\n)[\s\S]*(?=<!-- end of figures -->)/;

/** Writes what was measured into the docs, and leaves everything around it. */
export async function writeFigures(figures: Figures): Promise<void> {
  const text = await readFile(page, 'utf8');
  if (!limits.test(text)) throw new Error(`${page} has no place for the figures.`);
  await writeFile(page, text.replace(limits, () => renderFigures(figures)));
}

function renderFigures({ installs, synths, sizes, waits }: Figures): string {
  return `
| suites | layout | Helm | \`helm install\` | release | estimated by \`plan\` | \`helm uninstall\` | until nothing was left |
|---|---|---|---|---|---|---|---|
${installs.map((row) => `| ${row.suites} | ${row.layout} | ${row.helm} | ${row.installSeconds.toFixed(0)} s | ${kibibytes(row.releaseBytes)} KiB | ${kibibytes(row.estimatedBytes)} KiB | ${row.uninstallSeconds.toFixed(0)} s | ${row.emptySeconds.toFixed(0)} s |`).join('\n')}

| suites | layout | \`kubesuite synth\`, whole process |
|---|---|---|
${synths.map((row) => `| ${row.suites} | ${row.layout} | ${row.seconds.toFixed(1)} s |`).join('\n')}

| layout | names of suites | bytes of the release for each suite | suites that fill it |
|---|---|---|---|
${sizes.map((row) => `| ${row.layout} | ${row.naming} | ${row.perSuite.toFixed(0)} | ${row.most} |`).join('\n')}

${waits.map((row) => `\`kubesuite wait\` had the verdicts of ${row.suites} suites ${row.seconds.toFixed(0)} s after it had started.`).join('\n')}

`;
}

function kibibytes(bytes: number): string {
  return (bytes / 1024).toFixed(0);
}
