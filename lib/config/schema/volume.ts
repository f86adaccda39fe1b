import { z } from 'zod';
import { objectName } from './kubernetes-names.ts';
import { mountPath, relativePath } from './paths.ts';
import { flag, section, text } from './primitives.ts';
import { bytes } from './quantity.ts';

const mount = {
  /** Where it is mounted. */
  mountPath: text(mountPath).describe('Where it is mounted.'),
  /** Path in the volume, instead of all of it. */
  subPath: text(relativePath).optional().describe('Path in the volume, instead of all of it.'),
};

const source = {
  ...mount,
  /** Whether the suite cannot write there. @default true */
  readOnly: flag().default(true).describe('Whether the suite cannot write there.'),
  /** Whether the suite starts without it. @default false */
  optional: flag().default(false).describe('Whether the suite starts without it.'),
};

export const volume = z.union(
  [
    section({
      /** Name of a ConfigMap. */
      configMap: text(objectName).describe('Name of a ConfigMap.'),
      ...source,
    }),
    section({
      /** Name of a Secret. */
      secret: text(objectName).describe('Name of a Secret.'),
      ...source,
    }),
    section({
      /** An empty folder that lives as long as the pod. */
      emptyDir: section({
        /** Size beyond which the pod is evicted. */
        sizeLimit: bytes.optional().describe('Size beyond which the pod is evicted.'),
      }).describe('An empty folder that lives as long as the pod.'),
      ...mount,
      /** Whether the suite cannot write there. @default false */
      readOnly: flag().default(false).describe('Whether the suite cannot write there.'),
    }),
  ],
  { error: 'must be { configMap, mountPath }, { secret, mountPath } or { emptyDir: {}, mountPath }' },
);
