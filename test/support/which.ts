import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

const systemPath = ['/usr/local/bin', '/usr/bin', '/bin'];

/** Path of a program of the system, whatever PATH says. */
export function which(program: string): string | undefined {
  return systemPath
    .map((folder) => join(folder, program))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
