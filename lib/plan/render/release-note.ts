import type { ReleaseSize } from '../../config/release-size.ts';

/** Values of an installer, longer names and the next suites need room too. */
const warnFromPercent = 70;

/** How much of its Secret the release takes, a sentence each, and what to do when that is much. */
export function releaseNotes({ bytes, limitBytes, layout }: ReleaseSize): readonly string[] {
  const percent = (bytes / limitBytes) * 100;
  const size = `about ${kibibytes(bytes)} KiB, ${percent < 1 ? 'less than 1' : String(Math.round(percent))} % of the ${kibibytes(limitBytes)} KiB that a Secret can hold`;
  if (percent > 100) return [`Error: Helm cannot install the chart: it would keep the release as ${size}. ${remedies[layout]}`];
  if (percent >= warnFromPercent) return [`Warning: Helm keeps the release as ${size}. ${remedies[layout]}`];
  return [`Helm keeps the release as ${size}.`];
}

const remedies: Readonly<Record<ReleaseSize['layout'], string>> = {
  files: "With layout: 'range' it takes less.",
  range: 'Several configs, a release each, take several Secrets.',
};

function kibibytes(bytes: number): string {
  return String(Math.round(bytes / 1024));
}
