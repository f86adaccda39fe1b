import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { bundleModules } from './bundled-modules.ts';

/** `npm run build`: what the npm package holds instead of lib/, because Node strips no types below node_modules. */
rmSync('dist', { recursive: true, force: true });
execFileSync('tsc', ['--project', 'tsconfig.build.json'], { stdio: 'inherit' });
await bundleModules('dist', ['index', 'cli/main']);
