import type { Tags } from 'yaml';
import { rawTag } from './raw.ts';

/**
 * The tags of every file of a chart. The timestamp is a copy: tap-yaml, which a run loads as well, switches
 * the one of the yaml library off for the whole process, and dates would lose their quotes.
 */
export function chartTags(tags: Tags): Tags {
  return [rawTag, ...tags.map((tag) => (typeof tag === 'object' && tag.tag === 'tag:yaml.org,2002:timestamp' ? { ...tag, default: true } : tag))];
}
