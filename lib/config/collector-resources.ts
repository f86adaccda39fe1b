/**
 * What the collector reserves and may use beside its suite, whose quota it shares. Everything is piped:
 * tar, gzip (256 KiB at its window of 32 KiB) and base64 stay far below 64Mi.
 */
export const collectorResources = {
  requests: { cpu: '10m', memory: '32Mi' },
  limits: { memory: '64Mi' },
} as const;
