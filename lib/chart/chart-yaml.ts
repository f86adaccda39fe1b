import { stringify } from 'yaml';
import { generatedBy } from './chart-files.ts';

export interface ChartYamlProps {
  readonly name: string;
  readonly version: string;
  readonly description: string;
}

/** 1.29 is the first with native sidecars on by default; `-0` lets vendors' versions (`v1.33.4-gke.1`) pass. */
const kubeVersion = '>=1.29.0-0';

export function chartYaml({ name, version, description }: ChartYamlProps): string {
  const content = { apiVersion: 'v2', name, version, description, type: 'application', kubeVersion };
  return `${generatedBy}\n${stringify(content, { version: '1.1', lineWidth: 0 })}`;
}

/** Nothing but leftovers of editors and values for tests of the chart. */
export const helmIgnore = `# Patterns that helm package and helm install leave out
.git
.DS_Store
*.bak
*.orig
*.swp
*.tmp
ci/
`;
