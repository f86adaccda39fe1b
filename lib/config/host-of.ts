interface Reached {
  readonly host?: string | undefined;
  readonly namespace?: string | undefined;
  readonly cidrs?: readonly (string | undefined)[] | undefined;
}

/** What a suite reaches a service by; undefined for addresses of which none can be told to be it. */
export function hostOf(name: string, { host, namespace, cidrs }: Reached): string | undefined {
  if (host !== undefined) return host;
  if (cidrs === undefined) return namespace === undefined ? name : `${name}.${namespace}`;
  const [, only] = /^([^/]+)\/(?:32|128)$/.exec(cidrs[0] ?? '') ?? [];
  // An IPv6 network of 32 bits is no single address.
  return cidrs.length === 1 && only !== undefined && only.includes(':') === cidrs[0]?.endsWith('/128') ? only : undefined;
}
