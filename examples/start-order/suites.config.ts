import { defineSuites } from 'kubesuite';

export default defineSuites({
  name: 'shop',
  images: { tests: { repository: 'ghcr.io/acme/shop-tests', tag: '1.4.0' } },
  // The Jobs are installed suspended; `kubesuite run` and `kubesuite wait` start them.
  start: 'controlled',
  types: {
    smoke: { priority: 100, timeout: '2m', results: 'stdout:tap' },
    integration: { priority: 50, resources: { cpu: '500m', memory: '512Mi' }, quota: { cpu: '2', pods: 8 } },
  },
  suites: {
    ping: { type: 'smoke', image: 'tests', command: ['bats', '--formatter', 'tap', 'ping'] },
    migrate: { type: 'integration', image: 'tests', command: ['pytest', '--junitxml=/results/junit.xml', 'migrate'] },
    // Its shards start when ping and migrate have passed, three at a time: each asks for 510m of CPU with its collector.
    orders: { type: 'integration', image: 'tests', command: ['pytest', '--junitxml=/results/junit.xml', 'orders'], needs: ['ping', 'migrate'], shards: 4 },
  },
});
