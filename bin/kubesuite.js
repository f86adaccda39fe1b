#!/usr/bin/env node
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(`kubesuite needs Node 22.19 or newer; this is Node ${process.versions.node}.\n`);
  process.exit(2);
}
// Most of the start is compiling the same modules again.
module.enableCompileCache?.();
const { main } = await import('#cli');
process.exit(await main(process.argv.slice(2)));
