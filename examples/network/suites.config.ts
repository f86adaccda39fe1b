import { defineSuites } from 'kubesuite';

export default defineSuites({
  name: 'boundaries',
  images: {
    tests: { context: './tests' },
    tools: { repository: 'docker.io/library/busybox', tag: '1.37' },
  },
  services: {
    // Pods of the same namespace, behind the Service `web`.
    web: { port: 80, targetPort: 8080, podLabels: { app: 'web' } },
    // Pods of another namespace; suites reach them as `db.data`.
    db: { port: 5432, namespace: 'data', podLabels: { app: 'postgres' } },
    // An address outside of the cluster.
    payments: { port: 443, cidrs: ['192.0.2.7/32'], host: 'payments.example.com' },
  },
  types: { contract: { timeout: '3m', results: 'stdout:tap' } },
  suites: {
    // Starts when the web answers and the database does not.
    boundary: { type: 'contract', image: 'tests', command: ['bats', '--formatter', 'tap', 'boundary.bats'], uses: ['web'], denies: ['db'] },
    // Denies nothing, but wants its services up; its image has no tool that could tell.
    checkout: {
      type: 'contract',
      image: 'tests',
      command: ['/checkout-tests'],
      uses: ['web', 'payments'],
      network: { guard: true, guardImage: 'tools', timeout: '1m' },
    },
    // Listens on port 9000, where only the pods of `web` may call it, by the name in KUBESUITE_HOST.
    webhook: { type: 'contract', image: 'tests', command: ['/webhook-tests'], uses: ['web'], serves: [{ port: 9000, from: ['web'] }] },
  },
});
