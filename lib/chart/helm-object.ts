import { ApiObject } from 'cdk8s';
import type { ApiObjectProps } from 'cdk8s';
import type { Construct } from 'constructs';
import { hole } from './hole.ts';
import type { Hole } from './hole.ts';

/** A Kubernetes object as the API has it. Any part of it may be a hole. */
export interface HelmObjectProps {
  /** Group and version, such as `batch/v1`. */
  readonly apiVersion: string;
  /** Kind, such as `Job`. */
  readonly kind: string;
  /** Name, namespace, labels and annotations, written as they are. */
  readonly metadata: {
    readonly name: string | Hole;
    readonly namespace?: string | Hole;
    readonly labels?: Readonly<Record<string, string | Hole>>;
    readonly annotations?: Readonly<Record<string, string | Hole>>;
  };
  /** All other fields of the object, as the API has them. */
  readonly [field: string]: unknown;
}

/** What Helm needs around the document. */
export interface HelmObjectOptions {
  /**
   * Controls around the document, outermost first, such as `if .Values.networkPolicy.enabled`.
   * @default [] - the document is always rendered
   */
  readonly controls?: readonly string[];
  /**
   * Writes the object's `spec` as a named template of the file, so that other objects can include it.
   * @default - the spec stands in the object
   */
  readonly namedSpec?: NamedSpec;
}

/** A named template that holds the spec of an object; the object must be inside of a TemplateFile. */
export interface NamedSpec {
  /** Name of the template; all templates of a release share one space of names. */
  readonly name: string;
  /** Variables that the spec says, with `$`: the call hands them on. */
  readonly variables: readonly string[];
}

/** The call of a named spec, for a place where the same variables are set. */
export function includeSpec({ name, variables }: NamedSpec): Hole {
  return hole.yaml(`include ${JSON.stringify(name)} (list ${variables.join(' ')})`);
}

/** One Kubernetes object of a template, written as the API has it; any part may be a hole. */
export class HelmObject extends ApiObject {
  readonly #controls: readonly string[];
  readonly #namedSpec: NamedSpec | undefined;

  /**
   * @param scope - a `TemplateFile` or other cdk8s Chart, or a construct inside of one
   * @param id - of the construct, unique in its scope; it is not the name of the object
   * @param props - the object, as the API has it
   * @param options - what Helm needs around it
   */
  constructor(scope: Construct, id: string, props: HelmObjectProps, options: HelmObjectOptions = {}) {
    super(scope, id, props as unknown as ApiObjectProps);
    this.#controls = options.controls ?? [];
    this.#namedSpec = options.namedSpec;
  }

  /** Controls around the document of any object. `instanceof` cannot tell: cdk8s answers it for all ApiObjects. */
  static controlsOf(object: ApiObject): readonly string[] {
    return #controls in object ? object.#controls : [];
  }

  /** The named template of the object's spec, if it has one. */
  static namedSpecOf(object: ApiObject): NamedSpec | undefined {
    return #controls in object ? object.#namedSpec : undefined;
  }
}
