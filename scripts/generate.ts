import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { renderGenerated } from './generated.ts';

/** `npm run generate`: writes what `npm test` checks to be fresh. */
for (const [path, content] of await renderGenerated()) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
