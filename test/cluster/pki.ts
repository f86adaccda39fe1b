import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addresses, nodeName, type NodePaths } from './paths.ts';
import { run } from './shell.ts';

interface Certificate {
  readonly file: string;
  readonly user: string;
  readonly group?: string;
  /** Of a server: as openssl writes them. */
  readonly names?: string;
}

const certificates: readonly Certificate[] = [
  {
    file: 'apiserver',
    user: 'kube-apiserver',
    names: `DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:${addresses.node},IP:${addresses.apiService}`,
  },
  { file: 'kubelet-server', user: nodeName, names: `DNS:${nodeName},IP:${addresses.node}` },
  { file: 'admin', user: 'admin', group: 'system:masters' },
  { file: 'apiserver-kubelet-client', user: 'kube-apiserver-kubelet-client', group: 'system:masters' },
  { file: 'controller-manager', user: 'system:kube-controller-manager' },
  { file: 'scheduler', user: 'system:kube-scheduler' },
  { file: 'proxy', user: 'system:kube-proxy' },
  { file: 'netpol', user: 'kubesuite:kube-router' },
  { file: 'kubelet', user: `system:node:${nodeName}`, group: 'system:nodes' },
];

/** Elliptic curves: the keys of all are there within a fraction of a second. */
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** A certificate authority of the node's own, and a certificate for each component. */
export async function createPki({ pki }: NodePaths): Promise<void> {
  mkdirSync(pki, { recursive: true, mode: 0o700 });
  await Promise.all([
    run('openssl', ['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', join(pki, 'service-accounts.key')]),
    issue(pki, { file: 'ca', user: 'kubesuite-node' }, 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign', []),
  ]);
  const signer = ['-CA', join(pki, 'ca.crt'), '-CAkey', join(pki, 'ca.key')];
  await Promise.all(certificates.map(async (certificate) => issue(pki, certificate, leafExtensions(certificate), signer)));
}

function leafExtensions({ names }: Certificate): string {
  const use = names === undefined ? 'clientAuth' : `serverAuth\nsubjectAltName=${names}`;
  return `basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=${use}`;
}

async function issue(pki: string, { file, user, group }: Certificate, extensions: string, signer: readonly string[]): Promise<void> {
  const path = join(pki, file);
  const subject = `${group === undefined ? '' : `O=${group}\n`}CN=${user}`;
  writeFileSync(`${path}.cnf`, `[req]\ndistinguished_name=subject\nx509_extensions=extensions\nprompt=no\n[subject]\n${subject}\n[extensions]\n${extensions}\n`);
  await run('openssl', [
    'req', '-x509', '-config', `${path}.cnf`, ...newKey, '-days', '3650', ...signer, '-keyout', `${path}.key`, '-out', `${path}.crt`,
  ]);
}
