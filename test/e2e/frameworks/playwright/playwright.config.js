export default {
  retries: 1,
  workers: 1,
  outputDir: '/results/output',
  reporter: [['list'], ['junit', { outputFile: '/results/junit.xml' }]],
  use: { launchOptions: { executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] }, screenshot: 'only-on-failure' },
};
