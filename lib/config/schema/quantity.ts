import type { z } from 'zod';
import { text, write, type TextRule } from './primitives.ts';

/** Amounts are counted in billionths, the finest that Kubernetes keeps. */
const one = 1_000_000_000n;
const largest = (2n ** 63n - 1n) * one;

const decimalSuffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binarySuffixes = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/**
 * Billionths of a quantity such as `500m`, `1.5Gi` or `1e3`, by the grammar of Kubernetes. Undefined
 * when it is none, and when Kubernetes would round it: finer than a billionth, or 2^63 and above.
 */
export function parseQuantity(value: string): bigint | undefined {
  const match = /^([+-]?)(?=\.?\d)(\d{0,40})(?:\.(\d{0,40}))?(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,2}))?$/.exec(value);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', suffix = '', exponent = '0'] = match;
  const power = Number(exponent) - fraction.length + (suffix.length === 2 ? 0 : 3 * (decimalSuffixes.indexOf(suffix) - 3)) + 9;
  const digits = BigInt(whole + fraction) * (suffix.length === 2 ? 1024n ** BigInt(binarySuffixes.indexOf(suffix) + 1) : 1n);
  const divisor = 10n ** BigInt(Math.max(0, -power));
  if (digits % divisor !== 0n) return undefined;
  const amount = (digits * 10n ** BigInt(Math.max(0, power))) / divisor;
  return amount > largest ? undefined : amount * (sign === '-' ? -1n : 1n);
}

/** A positive multiple of `unit`: what Kubernetes would round is refused. */
function quantityRule(rule: string, unit: bigint, units: string): TextRule {
  const obeys = (value: string): boolean => {
    const amount = parseQuantity(value);
    return amount !== undefined && amount > 0n && amount % unit === 0n;
  };
  return {
    rule,
    obeys,
    hint: (received) => {
      const [, amount, suffix = ''] = /^\s*(\d+(?:[.,]\d+)?)\s*([a-zA-Z]?)i?[bB]?[a-z]*\s*$/.exec(String(received)) ?? [];
      if (amount === undefined) return undefined;
      const guesses = [`${suffix.toUpperCase()}i`, suffix.toLowerCase(), ''].filter((guess) => units.split(' ').includes(guess));
      // `1Zi` means anything but one byte.
      const plain = units.includes('i') && /[^bB]/.test(suffix) ? [] : [''];
      return [...guesses, ...plain].map((guess) => amount.replace(',', '.') + guess).filter(obeys).map(write)[0];
    },
  };
}

export const cpuRule = quantityRule("must be an amount of CPU such as '250m' or '1.5', not finer than '1m'", one / 1000n, 'm');
export const bytesRule = quantityRule("must be a number of bytes such as '128Mi' or '1.5Gi'", one, 'Ki Mi Gi Ti Pi Ei');
/** GPUs and other extended resources are not divisible. */
export const countRule = quantityRule("must be a whole amount such as '1'", one, '');

export const cpu: z.ZodString = text(cpuRule);
export const bytes: z.ZodString = text(bytesRule);
