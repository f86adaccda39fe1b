export { defineSuites, type SuitesConfig } from './config/define.ts';
export { loadConfig, type LoadedConfig } from './config/load.ts';
export type { ResolvedConfig } from './config/resolved.ts';
export { KubesuiteError } from './errors.ts';
