/** A run id names a folder, and comes from where anybody may write: a ConfigMap of the namespace, or a blob. */
export function isRunId(id: unknown): id is string {
  return typeof id === 'string' && id.length <= 100 && /^[a-z0-9][a-z0-9-]*$/.test(id);
}
