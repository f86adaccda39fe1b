import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Two checkouts whose sources of the node are equal share a node. */
export function sourceVersion(): string {
  const hash = createHash('sha256');
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!\.test)\.ts$|\.go$|go\.(mod|sum)$/.test(file));
  for (const file of files.toSorted()) hash.update(`\0${file}\0`).update(readFileSync(join(import.meta.dirname, file)));
  return hash.digest('hex');
}
