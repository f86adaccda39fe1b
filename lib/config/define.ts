import type { SuitesConfigInput } from './schema.ts';

type SuiteInput = SuitesConfigInput['suites'][string];

/** A config whose suites can only name types, images and services that it defines. */
export interface SuitesConfig<Image extends string, Service extends string, Type extends string>
  extends Omit<SuitesConfigInput, 'images' | 'services' | 'types' | 'suites'> {
  readonly images: Readonly<Record<Image, SuitesConfigInput['images'][string]>>;
  readonly services?: Readonly<Record<Service, NonNullable<SuitesConfigInput['services']>[string]>>;
  readonly types: Readonly<Record<Type, SuitesConfigInput['types'][string]>>;
  readonly suites: Readonly<
    Record<
      string,
      Omit<SuiteInput, 'type' | 'image' | 'uses'> & {
        readonly type: NoInfer<Type>;
        readonly image: NoInfer<Image>;
        readonly uses?: readonly NoInfer<Service>[];
      }
    >
  >;
}

/**
 * Types a `suites.config.ts`: a suite that names an unknown type, image or service does not compile.
 * It returns its argument; `loadConfig` validates it.
 */
export function defineSuites<const Image extends string, const Type extends string, const Service extends string = never>(
  config: SuitesConfig<Image, Service, Type>,
): SuitesConfig<Image, Service, Type> {
  return config;
}
