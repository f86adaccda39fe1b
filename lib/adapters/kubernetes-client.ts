/**
 * All of the Kubernetes client that is used at run time, types aside. The npm package holds it bundled into this one
 * module (scripts/build.ts): to import the client's thousand files takes as long as to install a small chart.
 */
export {
  ApiException,
  BatchV1Api,
  CoreV1Api,
  CustomObjectsApi,
  HttpMethod,
  IsomorphicFetchHttpLibrary,
  KubeConfig,
  NetworkingV1Api,
  PatchStrategy,
  RbacAuthorizationV1Api,
  RequestContext,
  setHeaderOptions,
} from '@kubernetes/client-node';
