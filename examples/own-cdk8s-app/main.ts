import { Chart } from 'cdk8s';
import { Capability, Deployment, EnvValue, ImagePullPolicy, SeccompProfileType, Secret } from 'cdk8s-plus-28';
import { HelmApp, SuitesChart, hole, loadConfig } from 'kubesuite';

const { config } = await loadConfig('suites.config.ts', import.meta.dirname);
const app = new HelmApp(config);
new SuitesChart(app, 'tests', config);

// Any cdk8s Chart becomes a template of the same Helm chart: templates/application.yaml.
const application = new Chart(app, 'application', { labels: { 'app.kubernetes.io/part-of': 'web' } });

const credentials = new Secret(application, 'credentials', {
  // Every string may be a hole, which Helm fills in.
  metadata: { name: hole.string('printf "%s-credentials" .Release.Name') },
  stringData: { user: 'web', greeting: 'Hello {{ name }}, this is no Helm template.' },
});

const deployment = new Deployment(application, 'web', {
  metadata: { name: 'web' },
  podMetadata: { labels: { app: 'web' } },
  replicas: 1,
  securityContext: { user: 101, group: 101 },
  containers: [
    {
      image: 'docker.io/nginxinc/nginx-unprivileged:1.29',
      imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
      portNumber: 8080,
      envVariables: { GREETING: EnvValue.fromSecretValue({ secret: credentials, key: 'greeting' }) },
      // As PodSecurity `restricted` wants it, like the pods of the suites.
      securityContext: { readOnlyRootFilesystem: false, capabilities: { drop: [Capability.ALL] }, seccompProfile: { type: SeccompProfileType.RUNTIME_DEFAULT } },
    },
  ],
});
deployment.exposeViaService({ name: 'web', ports: [{ port: 80, targetPort: 8080 }] });

app.synth();
