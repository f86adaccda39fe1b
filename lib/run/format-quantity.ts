/** Of `parseQuantity`: what one is in billionths. */
const one = 1_000_000_000n;
const binary = [
  ['Gi', 1024n ** 3n * one],
  ['Mi', 1024n ** 2n * one],
  ['Ki', 1024n * one],
] as const;

/** An amount of `parseQuantity` as Kubernetes writes it, exactly: `100m`, `2`, `128Mi`. */
export function formatQuantity(amount: bigint): string {
  if (amount < 0n) return `-${formatQuantity(-amount)}`;
  const unit = amount === 0n ? undefined : binary.find(([, size]) => amount % size === 0n);
  if (unit !== undefined) return `${amount / unit[1]}${unit[0]}`;
  if (amount % one === 0n) return String(amount / one);
  return amount % 1_000_000n === 0n ? `${amount / 1_000_000n}m` : `${amount}n`;
}
