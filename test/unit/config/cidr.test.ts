import { describe, expect, test } from 'vitest';
import { cidr, isCidr } from '../../../lib/config/schema/cidr.ts';

/** What JSON schemas say of it; they know nothing of bits beyond a prefix. */
const pattern = new RegExp(cidr.meta()?.['pattern'] as string);

test.each([
  '10.0.0.0/8', '0.0.0.0/0', '192.0.2.7/32', '192.0.2.6/31', '2001:db8::/32', '::/0', '::1/128', '2001:0db8:0000:0000:0000:0000:0000:0000/32', 'fe80::/10', '2001:DB8::/32', '64:ff9b::/96', '64:ff9b::192.0.2.0/128', '1:2:3:4:5:6:7:8/128', '1:2:3:4:5:6:7::/112',
])('%s is a CIDR', (text) => {
  expect(isCidr(text)).toBe(true);
  expect(text).toMatch(pattern);
});

test.each([
  '', '/', '10.0.0.0', '10.0.0.0/', '10.0.0.0/33', '999.1.1.1/24', '10.0.0.0/08', '010.0.0.0/8', '10.0.0/8', '::/129', '10.0.0.0/8/8', 'a/8', '10.0.0.0/-1', '10.0.0.0/+8', '10.0.0.0/8 ', 'fe80::1%eth0/64',
  ':::/0', '1::2::3/64', '1:2:3/64', 'example.com/24',
])('%j is none', (text) => {
  expect(isCidr(text)).toBe(false);
  expect(text).not.toMatch(pattern);
});

test.each(['::ffff:10.0.0.0/104', '::ffff:a00:0/104'])('%s is IPv4 in the clothes of IPv6', (text) => {
  expect(isCidr(text)).toBe(false);
});

test.each(['10.0.0.1/8', '192.0.2.7/31', '2001:db8::1/32', '0.0.0.1/0', '8000::/0'])('%s has bits beyond its prefix', (text) => {
  expect(isCidr(text)).toBe(false);
});

test('an IPv4 address is a network exactly where its free bits are zero', () => {
  const address = 0b11000000_10101000_11111111_10100000;
  const text = [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
  const networks = Array.from({ length: 33 }, (_, prefix) => prefix).filter((prefix) => isCidr(`${text}/${prefix}`));
  expect(networks).toEqual([27, 28, 29, 30, 31, 32]);
});

describe('what was meant', () => {
  test.each([
    ['10.1.2.3/8', "write '10.0.0.0/8'"],
    ['10.1.2.3', "write '10.1.2.3/32'"],
    ['2001:db8::1', "write '2001:db8::1/128'"],
    ['2001:db8:1::1/32', "write '2001:db8::/32'"],
    ['example.com', undefined],
    [10, undefined],
  ])('%j', (received, hint) => {
    const meant = cidr.safeParse(received).error?.issues[0]?.message.split('\n')[1];
    expect(meant).toBe(hint);
  });
});
