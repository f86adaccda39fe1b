import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { bundleClient } from './bundled-client.ts';

/** `npm run build`: what the npm package holds instead of lib/, because Node strips no types below node_modules. */
rmSync('dist', { recursive: true, force: true });
execFileSync('tsc', ['--project', 'tsconfig.build.json'], { stdio: 'inherit' });
await bundleClient('dist/adapters/kubernetes-client.js');
