import { defineSuites } from 'kubesuite';

export default defineSuites({
  name: 'contracts',
  images: { tests: { context: './tests' } },
  types: {
    contract: { timeout: '5m', results: 'stdout:tap', quota: { cpu: '2', memory: '2Gi', pods: 4 } },
  },
  suites: {
    orders: { type: 'contract', image: 'tests', command: ['sh', '/tests/contract.sh', 'orders'] },
    payments: { type: 'contract', image: 'tests', command: ['sh', '/tests/contract.sh', 'payments'] },
  },
});
