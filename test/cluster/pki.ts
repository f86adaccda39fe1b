import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addresses, nodeName, type NodePaths } from './paths.ts';
import { run } from './shell.ts';

interface Certificate {
  readonly file: string;
  /** As openssl writes it: `/O=group/CN=user`. */
  readonly subject: string;
  readonly names?: string;
}

const certificates: readonly Certificate[] = [
  {
    file: 'apiserver',
    subject: '/CN=kube-apiserver',
    names: `DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:${addresses.node},IP:${addresses.apiService}`,
  },
  { file: 'kubelet-server', subject: `/CN=${nodeName}`, names: `DNS:${nodeName},IP:${addresses.node}` },
  { file: 'admin', subject: '/O=system:masters/CN=admin' },
  { file: 'apiserver-kubelet-client', subject: '/O=system:masters/CN=kube-apiserver-kubelet-client' },
  { file: 'controller-manager', subject: '/CN=system:kube-controller-manager' },
  { file: 'scheduler', subject: '/CN=system:kube-scheduler' },
  { file: 'proxy', subject: '/CN=system:kube-proxy' },
  { file: 'netpol', subject: '/O=system:masters/CN=kube-router' },
  { file: 'kubelet', subject: `/O=system:nodes/CN=system:node:${nodeName}` },
];

const days = '3650';

/** A certificate authority of the node's own, and a certificate for each component. */
export async function createPki({ pki }: NodePaths): Promise<void> {
  mkdirSync(pki, { recursive: true, mode: 0o700 });
  const file = (name: string): string => join(pki, name);
  await run('openssl', ['genrsa', '-out', file('service-accounts.key'), '2048']);
  await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', file('ca.key'), '-out', file('ca.crt'), '-days', days, '-subj', '/CN=kubesuite-node']);
  for (const [serial, certificate] of certificates.entries()) await issue(file, certificate, serial + 1);
}

async function issue(file: (name: string) => string, { file: name, subject, names }: Certificate, serial: number): Promise<void> {
  const extensions = ['extendedKeyUsage=serverAuth,clientAuth', ...(names === undefined ? [] : [`subjectAltName=${names}`])];
  writeFileSync(file(`${name}.ext`), extensions.join('\n'));
  await run('openssl', ['req', '-newkey', 'rsa:2048', '-nodes', '-keyout', file(`${name}.key`), '-out', file(`${name}.csr`), '-subj', subject]);
  await run('openssl', [
    'x509', '-req', '-in', file(`${name}.csr`), '-CA', file('ca.crt'), '-CAkey', file('ca.key'), '-set_serial', String(serial),
    '-days', days, '-extfile', file(`${name}.ext`), '-out', file(`${name}.crt`),
  ]);
}
