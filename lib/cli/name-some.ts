const most = 20;

/** Names for a message: thousands of them would hide it. */
export function nameSome(names: readonly string[]): string {
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(', ')} and ${rest} more` : names.join(', ');
}
