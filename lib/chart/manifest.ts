import { Document } from 'yaml';
import { lower } from './lower.ts';
import { chartTags } from './yaml-tags.ts';

const document = new Document(null, {
  // Helm reads YAML 1.1, where `no`, `on` and `1_000` need quotes.
  version: '1.1',
  customTags: chartTags,
  aliasDuplicateObjects: false,
});
// With prefixes to declare, the library searches every document for tags that use them.
if (document.directives !== undefined) document.directives.tags = {};

/** The template text of one object. */
export function renderManifest(object: unknown): string {
  document.contents = lower(object) as never;
  return document.toString({ lineWidth: 0, blockQuote: 'literal' });
}
