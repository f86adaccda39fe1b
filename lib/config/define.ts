import type { SuitesConfigInput } from './schema.ts';

type DeepReadonly<T> = T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T;

type Input = DeepReadonly<SuitesConfigInput>;
type ImageInput = Input['images'][string];
type ServiceInput = NonNullable<Input['services']>[string];
type TypeInput = Input['types'][string];

/** A suite that can only name these images, services, types and suites. */
export interface SuiteInput<Image extends string = string, Service extends string = string, Type extends string = string, Suite extends string = string>
  extends Omit<Input['suites'][string], 'image' | 'uses' | 'denies' | 'serves' | 'type' | 'needs'> {
  /** Name of one of `types`. */
  readonly type: Type;
  /** Name of one of `images`. */
  readonly image: Image;
  /** Names of `suites` that must pass before it starts. */
  readonly needs?: readonly Suite[];
  /** Names of the `services` that the suite may reach. */
  readonly uses?: readonly Service[];
  /** Names of the `services` that the suite must not reach. */
  readonly denies?: readonly Service[];
  /** Ports that the suite listens on, and the `services` that may connect. */
  readonly serves?: readonly ServedPortInput<Service>[];
}

type ServedPort = NonNullable<Input['suites'][string]['serves']>[number];

/** A port of a suite that only these services may connect to. */
export interface ServedPortInput<Service extends string = string> extends Omit<ServedPort, 'from'> {
  /** Names of the `services` whose pods or addresses may connect. */
  readonly from: readonly Service[];
}

/** What `suites.config.ts` exports. */
export interface SuitesConfig<
  Image extends string = string,
  Service extends string = string,
  Type extends string = string,
  Suite extends string = string,
> extends Omit<Input, 'images' | 'services' | 'types' | 'suites'> {
  /** Images that suites run in. */
  readonly images: Readonly<Record<Image, ImageInput>>;
  /** What suites may talk to. */
  readonly services?: Readonly<Record<Service, ServiceInput>>;
  /** Job template, quota and priority of each type of test. */
  readonly types: Readonly<Record<Type, TypeInput>>;
  /** The suites, in the order of the report. */
  readonly suites: Readonly<Record<Suite, SuiteInput<NoInfer<Image>, NoInfer<Service>, NoInfer<Type>, NoInfer<Suite>>>>;
}

/**
 * Types a `suites.config.ts`: a suite that names an unknown type, image, service or suite does not compile.
 * It returns its argument; `loadConfig` validates it.
 * @param config - what the file exports as its default
 */
export function defineSuites<const Image extends string, const Type extends string, const Suite extends string, const Service extends string = never>(
  config: SuitesConfig<Image, Service, Type, Suite>,
): SuitesConfig<Image, Service, Type, Suite> {
  return config;
}
