import { didYouMean } from '../did-you-mean.ts';
import { entriesOf, type Draft } from '../draft.ts';
import type { Finding, Path } from '../problem.ts';

/** Undefined where the section is missing or wrong: every reference to it would be. */
type Known = readonly string[] | undefined;

/** Suites name types, images, services and suites that there are. */
export function checkReferences(draft: Draft): readonly Finding[] {
  const [types, images, services, suites] = [draft.types, draft.images, draft.services, draft.suites].map((section) => section && Object.keys(section));
  return [
    ...entriesOf(draft.types).flatMap(([name, { results, network }]) => [
      ...checkCollector(['types', name], results, images),
      ...checkReference(['types', name, 'network', 'guardImage'], network?.guardImage, 'images', images),
    ]),
    ...entriesOf(draft.suites).flatMap(([name, { type, image, results, network, uses = [], denies = [], serves = [], needs = [] }]) => [
      ...checkReference(['suites', name, 'type'], type, 'types', types),
      ...checkReference(['suites', name, 'image'], image, 'images', images),
      ...checkCollector(['suites', name], results, images),
      ...checkReference(['suites', name, 'network', 'guardImage'], network?.guardImage, 'images', images),
      ...uses.flatMap((service, index) => checkReference(['suites', name, 'uses', index], service, 'services', services)),
      ...needs.flatMap((suite, index) => checkReference(['suites', name, 'needs', index], suite, 'suites', suites)),
      ...denies.flatMap((service, index) => checkReference(['suites', name, 'denies', index], service, 'services', services)),
      ...serves.flatMap((served, index) =>
        (served?.from ?? []).flatMap((service, place) => checkReference(['suites', name, 'serves', index, 'from', place], service, 'services', services)),
      ),
    ]),
  ];
}

function checkCollector(owner: Path, results: unknown, images: Known): readonly Finding[] {
  const image = typeof results === 'object' && results !== null && 'collectorImage' in results ? results.collectorImage : undefined;
  return checkReference([...owner, 'results', 'collectorImage'], image, 'images', images);
}

function checkReference(path: Path, received: unknown, section: string, known: Known): readonly Finding[] {
  if (typeof received !== 'string' || known === undefined || known.includes(received)) return [];
  return [{ path, rule: `must be the name of one of '${section}'`, hint: didYouMean(received, known) }];
}
