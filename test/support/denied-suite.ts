import type { Workspace } from './e2e.ts';

const image = 'localhost/kubesuite-e2e:1';

/** A pod that answers HTTP on port 8080, and its Service; both as PodSecurity `restricted` admits them. */
function server(name: string): readonly object[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, labels: { app: name } },
      spec: {
        automountServiceAccountToken: false,
        terminationGracePeriodSeconds: 0,
        securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            name: 'http',
            image,
            imagePullPolicy: 'Never',
            command: ['/bin/busybox', 'httpd', '-f', '-p', '8080', '-h', '/bin'],
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
            readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1 },
          },
        ],
      },
    },
    { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }] } },
  ];
}

/** Starts servers and returns them as `services` of a config, by their cluster addresses: the static busybox cannot look up names. */
export async function startServers(kubectl: Workspace['kubectl'], apply: (manifests: string) => Promise<unknown>, ...names: string[]): Promise<Readonly<Record<string, object>>> {
  await apply(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: names.flatMap(server) }));
  await kubectl('wait', '--for=condition=Ready', '--timeout=60s', ...names.map((name) => `pod/${name}`));
  const entries = names.map(async (name) => {
    const host = await kubectl('get', 'service', name, '--output=jsonpath={.spec.clusterIP}');
    return [name, { port: 80, targetPort: 8080, podLabels: { app: name }, host }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/**
 * A shell line that prints TAP: one test for each target. One that answers is asked once; one that is
 * denied again and again for more than a second, from the suite's first moment on.
 * @param tries - of each target that is denied
 */
export function networkTap(expected: Readonly<Record<string, 'answers' | 'is denied'>>, tries = 15): string {
  const targets = Object.entries(expected);
  const tests = targets.map(([address, answer], index) => {
    const target = address.replace(':', ' ');
    const check = answer === 'answers' ? `try ${target} 5 || bad="not "` : `n=0; while [ $n -lt ${tries} ]; do if try ${target} 1; then bad="not "; fi; n=$((n+1)); sleep 0.1; done`;
    return `bad=; ${check}; echo "$bad""ok ${index + 1} ${target} ${answer}"; all="$all$bad"`;
  });
  return `try() { nc -w "$3" "$1" "$2" -e true </dev/null 2>/dev/null; }; all=; echo 1..${targets.length}; ${tests.join('; ')}; [ -z "$all" ]`;
}
