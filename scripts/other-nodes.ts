import { join } from 'node:path';
import { ensurePackages } from './cached-packages.ts';

/** The oldest Node that package.json allows and the newest; the scripts themselves run on 24. */
export const otherNodes = ['22.19.0', '26.10.0'] as const;

/** Path of a Node, from the npm package `node`. */
export async function ensureNode(version: string): Promise<string> {
  const manifest = { private: true, dependencies: { node: version }, allowScripts: { node: true } };
  const folder = await ensurePackages(`node-${version}`, new Map([['package.json', JSON.stringify(manifest)]]));
  return join(folder, 'node_modules/.bin/node');
}
