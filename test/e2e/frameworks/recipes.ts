import { join } from 'node:path';
import { cacheDir } from '../../cluster/paths.ts';

/** How a framework gets into the image. */
export interface Recipe {
  /** Debian packages of the image; without any it is the demo's base image, with Python, pytest and bats. */
  readonly packages?: readonly string[];
  /** Debian packages that `prepare` needs on this machine. */
  readonly hostPackages?: readonly string[];
  /** Commands that add to a copy of the project what is not committed, such as dependencies. */
  readonly prepare?: readonly (readonly string[])[];
  /** Programs of this machine that are copied into the project, by their name there. */
  readonly programs?: Readonly<Record<string, string>>;
}

/** `npm install` and not `npm ci`, which refuses lock files without the packages of every platform. */
const npmInstall = ['npm', 'install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
// Debian's Node is too old for them; this is the one that the project itself runs on.
const node = { node: process.execPath };

const goBuild = ['env', 'CGO_ENABLED=0', 'nice', 'go', 'build', '-trimpath', '-ldflags=-s -w'];
const goTest = ['env', 'CGO_ENABLED=0', 'nice', 'go', 'test', '-c', '-trimpath', '-o', 'shop.test', '.'];

const maven = ['nice', 'mvn', '-B', '-q', '-Dmaven.repo.local=repository', '-Dmaven.test.failure.ignore=true'];

const nextest = join(cacheDir, 'cargo-nextest-0.9.151');

/** By name of the framework; what is not listed needs no more than its project. */
export const recipes: Readonly<Record<string, Recipe>> = {
  vitest: { prepare: [npmInstall], programs: node },
  jest: { prepare: [npmInstall], programs: node },
  playwright: { packages: ['chromium'], prepare: [npmInstall], programs: node },
  gotestsum: { prepare: [goTest, [...goBuild, '-o', 'gotestsum', 'gotest.tools/gotestsum'], [...goBuild, '-o', 'test2json', 'cmd/test2json']] },
  ginkgo: { prepare: [goTest] },
  rspec: { packages: ['ruby-rspec', 'ruby-rspec-junit-formatter'] },
  phpunit: { packages: ['phpunit'] },
  surefire: {
    packages: ['maven', 'default-jre-headless'],
    hostPackages: ['maven', 'default-jdk-headless'],
    // Runs the tests once, which is what fetches Surefire's provider too.
    prepare: [[...maven, 'test'], ['rm', '-r', 'target/surefire-reports']],
  },
  nextest: {
    prepare: [
      // Takes minutes the first time.
      ['nice', 'cargo', 'install', 'cargo-nextest', '--version', '0.9.151', '--locked', '--quiet', '--no-default-features', '--features', 'default-no-update', '--root', nextest],
      ['nice', join(nextest, 'bin/cargo-nextest'), 'nextest', 'archive', '--archive-file', 'tests.tar.zst'],
      ['rm', '-r', 'target'],
    ],
    programs: { 'cargo-nextest': join(nextest, 'bin/cargo-nextest') },
  },
};
