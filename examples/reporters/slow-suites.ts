import { sanitize, type Reporter, type ReporterDeps, type RunReport } from 'kubesuite';

/** Names the suites that took longest, on the terminal and in a file of the run folder. */
export default class SlowSuites implements Reporter {
  readonly #deps: ReporterDeps;

  constructor(deps: ReporterDeps) {
    this.#deps = deps;
  }

  async onTestRunEnd({ suites }: RunReport): Promise<void> {
    const { screen, folder } = this.#deps;
    const slowest = suites.toSorted((a, b) => b.durationMs - a.durationMs).slice(0, 3);
    const lines = slowest.map(({ key, durationMs }) => `${key} ${(durationMs / 1000).toFixed(1)} s\n`).join('');
    screen.write(sanitize(`Slowest suites:\n${lines}`));
    await folder.write('slow-suites.txt', lines);
  }
}
