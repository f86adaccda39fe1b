export { startCluster, stopCluster, type ClusterHandle } from './node.ts';
export { clusterStatus, type ClusterStatus } from './status.ts';
export { buildah, loadImage } from './images.ts';
export { ensurePackages } from './packages.ts';
export { nodePaths, type NodePaths } from './paths.ts';
