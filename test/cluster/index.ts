export { startCluster, stopCluster } from './node.ts';
export { clusterStatus } from './status.ts';
export { buildah, loadImage } from './images.ts';
export { ensurePackages } from './packages.ts';
export { nodePaths, type NodePaths } from './paths.ts';
