import { isIPv4, isIPv6 } from 'node:net';
import { text, write } from './primitives.ts';

interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

interface Network {
  readonly address: Address;
  readonly prefix: number;
}

/** A network, IPv4 or IPv6, whose address has no bits beyond its prefix: those would be dropped silently. */
export function isCidr(value: string): boolean {
  const network = parseNetwork(value);
  return network !== undefined && baseOf(network) === network.address.value;
}

/** Whether every address of a network is one of another. */
export function contains(outer: string, inner: string): boolean {
  const [of, network] = [parseNetwork(outer), parseNetwork(inner)];
  if (of === undefined || network === undefined || of.address.bits !== network.address.bits || of.prefix > network.prefix) return false;
  return baseOf({ ...network, prefix: of.prefix }) === baseOf(of);
}

const byte = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const ipv4 = `(${byte}\\.){3}${byte}`;
const word = '[0-9a-fA-F]{1,4}';
// As loose as it can be said in one line, with too many words around `::`.
const ipv6 = `((${word}:){7}${word}|(${word}:){6}${ipv4}|(${word}(:${word}){0,6})?::((${word}:){0,6}(${word}|${ipv4}))?)`;

export const cidr = text({
  rule: "must be a CIDR such as '10.0.0.0/8', '192.0.2.7/32' or '2001:db8::/32', without bits beyond the prefix",
  obeys: isCidr,
  pattern: `^(${ipv4}/(3[0-2]|[12]?[0-9])|${ipv6}/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))$`,
  hint: (received) => {
    if (typeof received !== 'string') return undefined;
    const network = parseNetwork(received) ?? parseNetwork(`${received}/32`);
    if (network === undefined) return undefined;
    const prefix = received.includes('/') ? network.prefix : network.address.bits;
    return write(`${formatAddress({ ...network.address, value: baseOf({ ...network, prefix }) })}/${prefix}`);
  },
});

function parseNetwork(value: string): Network | undefined {
  const [, start = '', prefix = ''] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(value) ?? [];
  const address = parseAddress(start);
  return address === undefined || Number(prefix) > address.bits ? undefined : { address, prefix: Number(prefix) };
}

function baseOf({ address, prefix }: Network): bigint {
  const free = BigInt(address.bits - prefix);
  return (address.value >> free) << free;
}

/** Kubernetes takes no zones and no IPv4 in the clothes of IPv6. */
function parseAddress(value: string): Address | undefined {
  if (isIPv4(value)) return { bits: 32, value: join(value.split('.').map(Number), 8n) };
  if (!isIPv6(value) || value.includes('%')) return undefined;
  const [head = [], tail] = canonicalIPv6(value).split('::').map((half) => half.split(':').filter(Boolean));
  const groups = tail === undefined ? [...head] : [...head, ...Array.from<string>({ length: 8 - head.length - tail.length }).fill('0'), ...tail];
  const address = join(groups.map((group) => Number.parseInt(group, 16)), 16n);
  return address >> 32n === 0xffffn ? undefined : { bits: 128, value: address };
}

function formatAddress({ bits, value }: Address): string {
  if (bits === 32) return split(value, 4, 8n).join('.');
  return canonicalIPv6(split(value, 8, 16n).map((group) => group.toString(16)).join(':'));
}

function canonicalIPv6(value: string): string {
  return new URL(`http://[${value}]`).hostname.slice(1, -1);
}

function join(parts: readonly number[], width: bigint): bigint {
  return parts.reduce((sum, part) => (sum << width) | BigInt(part), 0n);
}

function split(value: bigint, count: number, width: bigint): readonly number[] {
  return Array.from({ length: count }, (_, index) => Number((value >> (width * BigInt(count - 1 - index))) & ((1n << width) - 1n)));
}
