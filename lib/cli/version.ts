import { createRequire } from 'node:module';

// Not imported: then the compiler would want it below lib/. The path is the same from lib/cli and dist/cli.
const manifest = createRequire(import.meta.url)('../../package.json') as { readonly version: string };

export const version: string = manifest.version;
