export { HelmApp } from './chart/helm-app.ts';
export { defineSuites, type SuiteInput, type SuitesConfig } from './config/define.ts';
export { loadConfig, type LoadedConfig } from './config/load.ts';
export type { ResolvedConfig } from './config/resolved.ts';
export { SuitesChart } from './constructs/suites-chart.ts';
export { KubesuiteError } from './errors.ts';
