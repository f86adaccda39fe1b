import { HelmApp, HelmObject, SuiteFile, SuiteIdentity, SuiteJob, SuiteSet, SuitesBase, TemplateFile, TypeQuota, each, hole, loadConfig, when } from 'kubesuite';

const { config } = await loadConfig('suites.config.ts', import.meta.dirname);
const app = new HelmApp({ name: config.name, version: '1.2.0', description: 'Contract tests, with a network policy of our own.' });
const chart = app.name;

// values.yaml, its schema and the named templates that the other constructs call.
new SuitesBase(app, 'base', config);

for (const suite of config.suites) {
  const file = new SuiteFile(app, suite.name, { chart, suite });
  new SuiteIdentity(file, 'identity', { chart, suite });
  new SuiteJob(file, 'job', { chart, suite });
}

// The list of Jobs, which `kubesuite wait` reads.
new SuiteSet(new TemplateFile(app, 'suite-set'), 'set', { chart, suites: config.suites });

// Without a PriorityTier for each type the value priorityClasses.create must stay false.
const quotas = new TemplateFile(app, 'quotas');
for (const type of Object.values(config.types)) new TypeQuota(quotas, type.name, { chart, type });

// Instead of a DefaultNetwork and SuiteNetworks, one object as the API has it, with what Helm fills in.
new HelmObject(
  new TemplateFile(app, 'network'),
  'policy',
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: hole.string('printf "%s-suites" $.Release.Name'), labels: { 'app.kubernetes.io/instance': hole.string('$.Release.Name') } },
    spec: {
      podSelector: { matchLabels: { 'kubesuite.dev/release': hole.string('$.Release.Name') } },
      policyTypes: ['Egress', 'Ingress'],
      ...when('with $.Values.networkPolicy.extraEgressCidrs', { egress: [{ to: each('range .', [{ ipBlock: { cidr: hole.string('.') } }]) }] }),
    },
  },
  { controls: ['if $.Values.networkPolicy.enabled'] },
);

app.synth();
