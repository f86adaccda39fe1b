/** What `init` writes: the smallest project that runs, with a suite that passes. `ending` is that of its TypeScript files. */
export function starterFiles(name: string, ending: 'ts' | 'mts'): ReadonlyMap<string, string> {
  return new Map([
    [
      `suites.config.${ending}`,
      `import { defineSuites } from 'kubesuite';

export default defineSuites({
  name: '${name}',
  images: { tests: { context: './tests' } },
  services: {
    // web: { port: 80, podLabels: { app: 'web' } },
  },
  types: {
    smoke: { priority: 100, timeout: '2m' },
  },
  suites: {
    hello: { type: 'smoke', image: 'tests', command: ['sh', '/tests/hello.sh'], results: 'stdout:tap' },
  },
});
`,
    ],
    [
      `main.${ending}`,
      `import { HelmApp, SuitesChart, loadConfig } from 'kubesuite';

const { config } = await loadConfig();
const app = new HelmApp(config);
new SuitesChart(app, 'suites', config);
app.synth();
`,
    ],
    [
      'cdk8s.yaml',
      `language: typescript
app: node main.${ending}
# cdk8s synth empties this folder first: keep files of your own elsewhere.
output: charts/${name}
synthConfig:
  format: helm
  chartApiVersion: v2
  chartVersion: 0.1.0
`,
    ],
    [
      'tests/Containerfile',
      `FROM docker.io/library/debian:bookworm-slim
COPY hello.sh /tests/hello.sh
`,
    ],
    [
      'tests/hello.sh',
      `echo 'TAP version 13'
echo '1..1'
echo 'ok 1 - the suite runs in the cluster'
`,
    ],
  ]);
}
