import { defineSuites } from 'kubesuite';

export default defineSuites({
  name: 'shop',
  images: { tests: { repository: 'ghcr.io/acme/shop-tests', tag: '1.4.0' } },
  // Cluster-scoped: needs the right to create PriorityClasses.
  priorityClasses: { create: true },
  types: {
    smoke: { priority: 100, timeout: '2m', resources: { cpu: '50m', memory: '128Mi' } },
    integration: {
      priority: 50,
      timeout: '10m',
      retries: 1,
      resources: { cpu: '500m', memory: '512Mi' },
      quota: { pods: 4, cpu: '2', memory: '3Gi' },
    },
  },
  suites: {
    ping: { type: 'smoke', image: 'tests', command: ['bats', '--formatter', 'tap', 'ping'], results: 'stdout:tap' },
    orders: { type: 'integration', image: 'tests', command: ['pytest', '--junitxml=/results/junit.xml', 'orders'], shards: 6 },
    // The type's retries and CPU, but more memory.
    import: { type: 'integration', image: 'tests', command: ['pytest', '--junitxml=/results/junit.xml', 'import'], resources: { memory: '1Gi' } },
  },
});
