import { defineSuites } from 'kubesuite';

export default defineSuites({
  name: 'greeter',
  images: { tests: { context: './tests' } },
  types: { operator: { timeout: '2m', results: 'stdout:tap' } },
  suites: {
    greetings: {
      type: 'operator',
      image: 'tests',
      command: ['python3', '-u', 'greetings.py'],
      // All that the suite may do; without this it would have no token and no way to the API.
      serviceAccount: { rules: [{ resources: ['configmaps'], verbs: ['create', 'get', 'list', 'watch', 'patch', 'delete'] }] },
    },
  },
});
