import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { formatDuration } from '../render/duration.ts';
import { pageScript, pageStyle } from './assets.generated.ts';
import { cleanPage } from './clean-page.ts';
import type { PageData } from './page-data.ts';
import { verdictWords } from './view/words.ts';

/**
 * The page as one file. Nothing of a suite is in its markup except as text: the data is packed into base64,
 * and the policy allows neither another script or style nor any request.
 */
export async function renderPage(data: PageData): Promise<string> {
  const clean = cleanPage(data);
  const packed = await promisify(gzip)(JSON.stringify(clean));
  const { run, verdict, suites, durationMs } = clean.report;
  const title = `${verdictWords[verdict]}: ${run.release || 'run'} ${run.id}`;
  return `<!doctype html>
<html lang="en" data-verdict="${verdict}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="kubesuite">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="${icons[verdict]}">
<style>${pageStyle}</style>
</head>
<body>
<noscript><p>${escapeHtml(`${title}, ${suites.length} suites, ${formatDuration(durationMs)}.`)}</p><p>This page needs JavaScript. Its content is in <code>report.json</code> and <code>junit.xml</code> beside it too.</p></noscript>
<div id="app"></div>
<script type="application/octet-stream" id="data">${packed.toString('base64')}</script>
<script type="module">${pageScript}</script>
</body>
</html>
`;
}

const policy = [
  "default-src 'none'",
  `script-src '${hashOf(pageScript)}'`,
  `style-src '${hashOf(pageStyle)}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const icons = {
  passed: icon('#1a7f37'),
  flaky: icon('#9a6700'),
  failed: icon('#cf222e'),
  timedout: icon('#cf222e'),
  error: icon('#8250df'),
  skipped: icon('#6e7781'),
  interrupted: icon('#9a6700'),
};

function icon(colour: string): string {
  return `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="${colour}"/></svg>`)}`;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
