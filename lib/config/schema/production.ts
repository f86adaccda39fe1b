import { portText, pullPolicy } from './image.ts';
import { objectName } from './kubernetes-names.ts';
import { list, section, text, write, type TextRule } from './primitives.ts';

const registryText = `^[a-zA-Z0-9](?:[-a-zA-Z0-9.]*[a-zA-Z0-9])?(?::${portText})?(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$`;

/** Empty: each image's own. */
export const registry: TextRule = {
  rule: "must be a registry such as 'ghcr.io/acme', without 'https://' and without a '/' at its end",
  obeys: (value) => value === '' || new RegExp(registryText).test(value),
  pattern: `^$|${registryText}`,
  hint: (received) => {
    const bare = String(received).replace(/^https?:\/\//, '').replace(/\/+$/, '');
    return bare !== '' && registry.obeys(bare) ? write(bare) : undefined;
  },
};

/** Names of Secrets. */
export const pullSecrets = list(text(objectName), "['registry']");

/** What `PRODUCTION_MODE=true` switches, and nothing else. */
export const production = section({
  /** Registry of all images; empty keeps each image's own. @default '' */
  registry: text(registry).default('').describe("Registry of all images; empty keeps each image's own."),
  /** Pull policy of all images. @default 'IfNotPresent' */
  pullPolicy: pullPolicy.default('IfNotPresent').describe('Pull policy of all images.'),
  /** Names of Secrets to pull with. @default [] */
  pullSecrets: pullSecrets.default([]).describe('Names of Secrets to pull with.'),
});
