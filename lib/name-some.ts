/** Names for a message, the first `most` of them: thousands would hide it. */
export function nameSome(names: readonly string[], most = 20): string {
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(', ')} and ${rest} more` : names.join(', ');
}
