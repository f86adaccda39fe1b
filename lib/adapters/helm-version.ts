/** Helm before it renders or waits differently. */
export const oldestHelm = '3.19';

/** Whether kubesuite works with a Helm whose `helm version --template '{{.Version}}'` prints this. */
export function isSupportedHelm(version: string): boolean {
  const [oldestMajor = 0, oldestMinor = 0] = oldestHelm.split('.').map(Number);
  const [, major = '0', minor = '0'] = /v?(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(major) > oldestMajor || (Number(major) === oldestMajor && Number(minor) >= oldestMinor);
}
