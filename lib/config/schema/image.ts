import { z } from 'zod';
import { always, choice, message, nonEmptyText, section, text, type TextRule } from './primitives.ts';

/** Of a registry. */
export const portText = '(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])';
const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const repositoryText = `^(?:[a-zA-Z0-9](?:[-a-zA-Z0-9.]*[a-zA-Z0-9])?(?::${portText})?/)?${component}(?:/${component})*$`;
const repositoryPattern = new RegExp(repositoryText);

export const repositoryRule: TextRule = {
  rule: "must be an image repository such as 'ghcr.io/acme/tests', without tag and digest",
  obeys: (value) => repositoryPattern.test(value),
  pattern: repositoryText,
  hint: (received) => {
    const [, repository, separator, rest] = /^(?:https?:\/\/)?([^@]*?)(?:([:@])([^/]+))?$/.exec(String(received)) ?? [];
    if (repository === undefined || !repositoryPattern.test(repository)) return undefined;
    if (separator === undefined) return `write '${repository}'`;
    return `write repository: '${repository}', ${separator === '@' ? 'digest' : 'tag'}: '${rest}'`;
  },
};

export const tagRule: TextRule = {
  rule: "must be an image tag: at most 128 letters, digits, '_', '.' and '-'",
  obeys: (value) => /^[A-Za-z0-9_][-A-Za-z0-9_.]{0,127}$/.test(value),
  pattern: '^[A-Za-z0-9_][-A-Za-z0-9_.]{0,127}$',
};

export const digestRule: TextRule = {
  rule: "must be an image digest: 'sha256:' and 64 hexadecimal digits in lower case",
  obeys: (value) => /^sha256:[0-9a-f]{64}$/.test(value),
  pattern: '^sha256:[0-9a-f]{64}$',
  hint: (received) => (/^[0-9a-f]{64}$/.test(String(received)) ? `write 'sha256:${String(received)}'` : undefined),
};

const tag = text(tagRule);
const digest = text(digestRule);

export const pullPolicy = choice('Always', 'IfNotPresent', 'Never');

const builtImage = section({
  /** Folder that the image is built from, relative to the config file. Its content makes the tag, so keep reports and caches out of it: in `.containerignore` or `.dockerignore`. */
  context: nonEmptyText('must be the path of a folder').describe(
    'Folder that the image is built from, relative to the config file. Its content makes the tag, so keep reports and caches out of it: in `.containerignore` or `.dockerignore`.',
  ),
  /** Containerfile, relative to `context`; without it, the `Containerfile` or `Dockerfile` there. */
  file: nonEmptyText('must be the path of a file').optional().describe('Containerfile, relative to `context`; without it, the `Containerfile` or `Dockerfile` there.'),
  /** When the image is pulled, except in production mode. @default 'Never' */
  pullPolicy: pullPolicy.optional().describe('When the image is pulled, except in production mode.').meta({ default: 'Never' }),
});

const prebuiltImage = section({
  /** Registry and path. Without a registry it is on docker.io. */
  repository: text(repositoryRule).describe('Registry and path. Without a registry it is on docker.io.'),
  /** Tag; required unless there is a digest. */
  tag: tag.optional().describe('Tag; required unless there is a digest.'),
  /** Digest; it wins over the tag. */
  digest: digest.optional().describe('Digest; it wins over the tag.'),
  /** When the image is pulled, except in production mode. @default 'IfNotPresent' */
  pullPolicy: pullPolicy.optional().describe('When the image is pulled, except in production mode.').meta({ default: 'IfNotPresent' }),
}).superRefine((image, context) => {
  if (image.tag !== undefined || image.digest !== undefined) return;
  context.addIssue({ code: 'custom', message: message('must have a tag or a digest', "without both it would be 'latest', which nobody can reproduce") });
}, always);

export const image = z.union([builtImage, prebuiltImage], {
  error: "must be { context: './tests' } for an image built here, or { repository, tag } for another",
});
