import { createPlan, loadConfig } from 'kubesuite';

const { config } = await loadConfig('../readme/suites.config.ts', import.meta.dirname);
for (const { name, token, settings } of createPlan(config).suites) {
  if (token) throw new Error(`Suite '${name}' has a token for the Kubernetes API.`);
  if (settings.podSecurity !== 'restricted') throw new Error(`Suite '${name}' is not restricted.`);
}
