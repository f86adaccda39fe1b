import { ApiObject } from 'cdk8s';
import type { ApiObjectProps } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Hole } from './hole.ts';

export interface HelmObjectProps {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string | Hole;
    readonly namespace?: string | Hole;
    readonly labels?: Readonly<Record<string, string | Hole>>;
    readonly annotations?: Readonly<Record<string, string | Hole>>;
  };
  /** All other fields of the object, as the API has them. */
  readonly [field: string]: unknown;
}

export interface HelmObjectOptions {
  /**
   * Controls around the document, outermost first, such as `if .Values.networkPolicy.enabled`.
   * @default [] - the document is always rendered
   */
  readonly controls?: readonly string[];
}

/** One Kubernetes object of a template, written as the API has it; any part may be a hole. */
export class HelmObject extends ApiObject {
  readonly #controls: readonly string[];

  constructor(scope: Construct, id: string, props: HelmObjectProps, options: HelmObjectOptions = {}) {
    super(scope, id, props as unknown as ApiObjectProps);
    this.#controls = options.controls ?? [];
  }

  /** Controls around the document of any object. `instanceof` cannot tell: cdk8s answers it for all ApiObjects. */
  static controlsOf(object: ApiObject): readonly string[] {
    return #controls in object ? object.#controls : [];
  }
}
