export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: unknown;
}

export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: unknown;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly EnvVar[];
  readonly resources?: { readonly requests?: Readonly<Record<string, unknown>>; readonly limits?: Readonly<Record<string, unknown>> };
  readonly restartPolicy?: string;
  readonly securityContext?: SecurityContext;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

export interface SecurityContext {
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly privileged?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  readonly seccompProfile?: { readonly type: string };
}

export interface PodSpec {
  readonly activeDeadlineSeconds: number;
  readonly automountServiceAccountToken: boolean;
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly imagePullSecrets?: readonly { readonly name: string }[];
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly tolerations?: readonly object[];
  readonly priorityClassName?: string;
  readonly restartPolicy: string;
  readonly securityContext?: SecurityContext & { readonly fsGroup?: number };
  readonly serviceAccountName: string;
  readonly volumes?: readonly Readonly<Record<string, unknown>>[];
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
}

export interface Job extends KubeObject {
  readonly kind: 'Job';
  readonly spec: {
    readonly activeDeadlineSeconds: number;
    readonly backoffLimit: number;
    readonly podFailurePolicy: { readonly rules: readonly { readonly action: string }[] };
    readonly template: { readonly metadata: KubeObject['metadata']; readonly spec: PodSpec };
  };
}

export function jobsOf(objects: readonly KubeObject[]): readonly Job[] {
  return objects.filter((object): object is Job => object.kind === 'Job');
}

/** The only object of the kind, or the one with the name. */
export function objectOf(objects: readonly KubeObject[], kind: string, name?: string): KubeObject {
  const found = objects.filter((object) => object.kind === kind && (name === undefined || object.metadata.name === name));
  const [object] = found;
  if (object === undefined || found.length > 1) throw new Error(`${found.length} objects are ${kind} ${name ?? ''}`);
  return object;
}

/** The first Job of a suite. */
export function jobOf(objects: readonly KubeObject[], suite: string): Job {
  const job = jobsOf(objects).find(({ metadata }) => metadata.labels?.['kubesuite.dev/suite'] === suite);
  if (job === undefined) throw new Error(`suite ${suite} has no Job`);
  return job;
}

export function suiteContainerOf(job: Job): Container {
  const container = job.spec.template.spec.containers.find(({ name }) => name === 'suite');
  if (container === undefined) throw new Error(`${job.metadata.name} has no suite container`);
  return container;
}
