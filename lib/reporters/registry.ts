import { runFiles } from '../run/run-folder-layout.ts';
import { BlobReporter } from './blob-reporter.ts';
import { CtrfReporter } from './ctrf-reporter.ts';
import { DefaultReporter } from './default/default-reporter.ts';
import { GithubReporter } from './github-reporter.ts';
import { HtmlReporter } from './html/html-reporter.ts';
import { JsonReporter } from './json-reporter.ts';
import { JunitReporter } from './junit-reporter.ts';
import { LineReporter } from './line-reporter.ts';
import { MarkdownReporter } from './markdown-reporter.ts';
import type { BuiltInReporterDeps } from './reporter-deps.ts';
import type { Reporter } from './reporter.ts';

export interface BuiltInReporter {
  readonly create: (deps: BuiltInReporterDeps) => Reporter;
  /** The file in the run folder that it writes. */
  readonly file?: string;
}

/** The reporters of kubesuite by name. */
export const builtInReporters = {
  default: { create: (deps) => new DefaultReporter(deps) },
  line: { create: (deps) => new LineReporter(deps) },
  json: { create: (deps) => new JsonReporter(deps), file: runFiles.report },
  junit: { create: (deps) => new JunitReporter(deps), file: runFiles.junit },
  html: { create: (deps) => new HtmlReporter(deps), file: runFiles.html },
  markdown: { create: (deps) => new MarkdownReporter(deps), file: runFiles.markdown },
  ctrf: { create: (deps) => new CtrfReporter(deps), file: runFiles.ctrf },
  blob: { create: (deps) => new BlobReporter(deps), file: runFiles.blob },
  github: { create: (deps) => new GithubReporter(deps) },
} satisfies Readonly<Record<string, BuiltInReporter>>;

export type ReporterName = keyof typeof builtInReporters;

export const reporterNames = Object.keys(builtInReporters) as readonly ReporterName[];

export function isReporterName(name: string): name is ReporterName {
  return Object.hasOwn(builtInReporters, name);
}
