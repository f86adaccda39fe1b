import { posix } from 'node:path';
import { write, type TextRule } from './primitives.ts';

/** Path in a container that something is mounted at, spelt in the one way that can be compared. */
export const mountPath: TextRule = {
  rule: "must be an absolute path below '/', without ':', '..' and a '/' at its end",
  obeys: (value) => value.length > 1 && value.startsWith('/') && !value.includes(':') && tidy(value) === value,
  hint: (received) => {
    if (typeof received !== 'string' || received === '') return undefined;
    const tidied = tidy(received.startsWith('/') ? received : `/${received}`);
    return mountPath.obeys(tidied) ? write(tidied) : undefined;
  },
};

/** An empty volume there would hide the programs and settings of the image, or the kernel's own files. */
const systemFolders = new Set(['/bin', '/dev', '/etc', '/lib', '/lib64', '/proc', '/run', '/sbin', '/sys', '/usr', '/var']);

/** Folder for results: an empty volume is mounted there, over what the image has. */
export const resultsPath: TextRule = {
  rule: `${mountPath.rule}, and not a folder of the system`,
  obeys: (value) => mountPath.obeys(value) && !systemFolders.has(value) && !/^\/(dev|proc|sys)\//.test(value),
  hint: (received) => mountPath.hint?.(received) ?? write('/results'),
};

export const relativePath: TextRule = {
  rule: "must be a relative path without '..'",
  obeys: (value) => value !== '' && !value.startsWith('/') && !value.split('/').includes('..'),
};

export const absolutePath: TextRule = {
  rule: 'must be an absolute path',
  obeys: (value) => value.startsWith('/'),
};

function tidy(path: string): string {
  const normal = posix.normalize(path);
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}

export function isBelow(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`);
}
