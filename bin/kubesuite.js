#!/usr/bin/env node
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(`kubesuite needs Node 22.19 or newer; this is Node ${process.versions.node}.\n`);
  process.exit(2);
}
const { main } = await import('../lib/cli/main.ts');
process.exit(await main(process.argv.slice(2)));
