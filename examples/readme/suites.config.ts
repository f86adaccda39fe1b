import { defineSuites } from 'kubesuite';

export default defineSuites({
  name: 'shop',
  images: { tests: { context: './tests' } },
  services: { redis: { port: 6379, podLabels: { app: 'redis' } } },
  types: {
    smoke: { priority: 100, timeout: '2m' },
    integration: { timeout: '10m', quota: { cpu: '4', memory: '4Gi', pods: 8 } },
  },
  suites: {
    ping: { type: 'smoke', image: 'tests', command: ['bats', '--formatter', 'tap', 'smoke.bats'], results: 'stdout:tap', uses: ['redis'] },
    worker: { type: 'integration', image: 'tests', command: ['pytest', '--junitxml=/results/junit.xml'], uses: ['redis'], shards: 2 },
  },
});
