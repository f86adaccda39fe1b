export { startCluster, stopCluster, clusterStatus, type ClusterHandle, type ClusterStatus } from './node.ts';
export { buildah, loadImage } from './images.ts';
export { ensurePackages } from './packages.ts';
export { nodePaths, type NodePaths } from './paths.ts';
