/** What `init` writes: the smallest project that runs, with a suite that passes. */
export function starterFiles(name: string): ReadonlyMap<string, string> {
  return new Map([
    [
      'suites.config.ts',
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
      'main.ts',
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
app: node main.ts
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
