import { defineSuites } from 'kubesuite';

export default defineSuites({
  name: 'web',
  images: { tests: { context: './tests' } },
  services: { web: { port: 80, targetPort: 8080, podLabels: { app: 'web' } } },
  types: { smoke: { timeout: '2m', results: 'stdout:tap' } },
  suites: {
    answers: { type: 'smoke', image: 'tests', command: ['bats', '--formatter', 'tap', 'answers.bats'], uses: ['web'], retries: 2 },
  },
});
