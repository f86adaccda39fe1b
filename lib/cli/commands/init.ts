import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { name as nameRule } from '../../config/schema/kubernetes-names.ts';
import { KubesuiteError } from '../../errors.ts';
import { findProjectModules } from '../project-modules.ts';
import { starterFiles } from '../starter-files.ts';
import type { AddCommand } from '../program.ts';

export const addInitCommand: AddCommand = (program, context) => {
  program
    .command('init')
    .description('Writes a first suites.config.ts, main.ts and cdk8s.yaml, and a test image to begin with.')
    .argument('[name]', 'name of the chart', 'tests')
    .action(async (name: string) => {
      refuseBadName(name);
      const { ending, typeless } = findProjectModules(context.cwd);
      const files = starterFiles(name, ending);
      const existing = [...files.keys()].filter((path) => existsSync(resolve(context.cwd, path)));
      if (existing.length > 0) {
        throw new KubesuiteError('USAGE', `These files exist already: ${existing.join(', ')}.`, {
          hint: 'move them away, or run init in an empty folder; nothing was written',
        });
      }
      for (const [path, content] of files) {
        const target = resolve(context.cwd, path);
        await mkdir(dirname(target), { recursive: true });
        await writeFile(target, content, { flag: 'wx' });
        context.screen.write(`Wrote ${path}\n`);
      }
      if (typeless !== undefined) {
        await writeFile(typeless.path, typeless.text);
        context.screen.write('Set "type": "module" in package.json\n');
      }
      context.screen.write('Next: build the image in tests/ and load it into your cluster under the name that `kubesuite plan` shows, then `kubesuite run`.\n');
    });
};

/** The rule of the config's `name`, before there is a config to break it. */
function refuseBadName(name: string): void {
  if (nameRule.obeys(name)) return;
  throw new KubesuiteError('USAGE', `The name of a chart ${nameRule.rule}; received '${name}'.`, {
    hint: nameRule.hint?.(name) ?? 'nothing was written',
  });
}
