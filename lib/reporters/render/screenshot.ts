import type { AttemptReport } from '../../run/report.ts';
import type { TestCase } from '../../run/results/test-case.ts';
import { isFailing } from './failing-tests.ts';

const image = /\.(?:png|jpe?g|gif|webp|svg)$/i;

/** The picture of a failing test, when frameworks name it after the test, or when there is one of each. */
export function findScreenshot(test: TestCase, attempt: AttemptReport): string | undefined {
  const images = attempt.files.map(({ path }) => path).filter((path) => image.test(path) && !/[[\]|]/.test(path));
  const words = slug(test.name);
  const named = words === '' ? undefined : images.find((path) => slug(path).includes(words));
  const isOnly = images.length === 1 && attempt.tests.filter(isFailing).length === 1;
  return named ?? (isOnly ? images[0] : undefined);
}

function slug(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '');
}
