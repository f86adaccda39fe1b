import { defineSuites } from 'kubesuite';

const env = {
  REDIS_HOST: 'celery-redis.shop-demo',
  WORKER_URL: 'http://celery-worker.shop-demo:9100',
};

const memoryMiB = 128;

export default defineSuites({
  name: 'shop',
  images: { tests: { context: './demo/tests' } },
  services: {
    'celery-redis': { port: 6379, namespace: 'shop-demo', podLabels: { app: 'celery-redis' } },
    'celery-worker': { port: 9100, namespace: 'shop-demo', podLabels: { app: 'celery-worker' } },
  },
  types: {
    smoke: {
      priority: 100,
      timeout: '1m',
      results: 'stdout:tap',
      resources: { cpu: '50m', memory: '64Mi' },
      env,
    },
    integration: {
      priority: 50,
      timeout: '3m',
      quota: { cpu: '2', memory: '2Gi', pods: 20 },
      resources: { cpu: '100m', memory: '128Mi' },
      env,
    },
    platform: {
      priority: 10,
      timeout: '2m',
      results: 'stdout:tap',
      resources: { cpu: '50m', memory: '64Mi' },
      env,
    },
  },
  suites: {
    ping: {
      type: 'smoke',
      image: 'tests',
      command: ['bats', '--formatter', 'tap', 'ping'],
      uses: ['celery-redis'],
    },
    health: {
      type: 'smoke',
      image: 'tests',
      command: ['bats', '--formatter', 'tap', 'health'],
      uses: ['celery-worker'],
    },
    worker: {
      type: 'integration',
      image: 'tests',
      command: ['pytest', '--junitxml=/results/junit.xml', 'worker'],
      uses: ['celery-redis'],
    },
    orders: {
      type: 'integration',
      image: 'tests',
      command: ['pytest', '--junitxml=/results/junit.xml', 'orders'],
      uses: ['celery-redis'],
      shards: 2,
    },
    pricing: {
      type: 'integration',
      image: 'tests',
      workingDir: '/tests/pricing',
      command: ['./test2json', '-t', '-p', 'shop/pricing', './pricing.test', '-test.v=test2json'],
      results: 'stdout:gotest',
      uses: ['celery-worker'],
    },
    // Does not declare celery-redis, and proves that it cannot reach it.
    network: {
      type: 'platform',
      image: 'tests',
      command: ['bats', '--formatter', 'tap', 'network'],
      uses: ['celery-worker'],
    },
    // Goes beyond its memory limit in a child process, which has to be killed.
    memory: {
      type: 'platform',
      image: 'tests',
      command: ['pytest', '--junitxml=/results/junit.xml', 'memory'],
      results: { path: '/results' },
      resources: { memory: `${memoryMiB}Mi` },
      env: { EXPECTED_MEMORY_BYTES: String(memoryMiB * 1024 * 1024) },
    },
    // May read ConfigMaps through the Kubernetes API, and nothing else.
    'config-reader': {
      type: 'platform',
      image: 'tests',
      command: ['bats', '--formatter', 'tap', 'config-reader'],
      serviceAccount: { rules: [{ resources: ['configmaps'], verbs: ['get'] }] },
    },
  },
});
