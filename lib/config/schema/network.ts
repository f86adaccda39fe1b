import { isIP } from 'node:net';
import { defaults } from '../defaults.ts';
import { duration } from './duration.ts';
import { isDnsLabel, isDnsSubdomain, name } from './kubernetes-names.ts';
import { choice, filledList, flag, list, section, text, whole, type TextRule } from './primitives.ts';

export const port = whole(1, 65_535, 'must be a port from 1 to 65535');
export const protocol = choice('TCP', 'UDP');

const hostRule: TextRule = {
  rule: "must be a host name such as 'redis' or 'redis.shop.svc', or an address, without scheme and port",
  obeys: (value) => isIP(value) !== 0 || (isDnsSubdomain(value) && value.split('.').every(isDnsLabel)),
  hint: (received) => {
    const [, bare] = /^(?:[a-z]+:\/\/)?([^/:]+)(?::\d+)?\/?$/i.exec(String(received)) ?? [];
    return bare !== undefined && bare !== received && hostRule.obeys(bare) ? `write '${bare}'` : undefined;
  },
};

export const host = text(hostRule);

export const serviceNames = list(text({ ...name, rule: "must be the name of one of 'services'" }), "['redis']");

/** How a suite's network contract is kept before the suite starts. */
export const network = section({
  /** Whether a guard holds the suite back until its network is as declared: what it uses answers, what it denies does not. Without a word, it does so for suites with `denies`. */
  guard: flag()
    .optional()
    .describe('Whether a guard holds the suite back until its network is as declared: what it uses answers, what it denies does not. Without a word, it does so for suites with `denies`.'),
  /** Longest time that the guard waits; then the suite is an error with the cause `service-unreachable` or `policy-not-enforced`. @default '30s' */
  timeout: duration
    .optional()
    .describe('Longest time that the guard waits; then the suite is an error with the cause `service-unreachable` or `policy-not-enforced`.')
    .meta({ default: defaults.guardTimeout }),
  /** Name of one of `images` that the guard runs in, for a suite image without sh and one of bash with timeout, nc, python3, perl and curl. */
  guardImage: text({ ...name, rule: "must be the name of one of 'images'" })
    .optional()
    .describe('Name of one of `images` that the guard runs in, for a suite image without sh and one of bash with timeout, nc, python3, perl and curl.'),
});

/** A port of the suite's pods that others may connect to. */
const served = section({
  /** Port that the suite listens on. */
  port: port.describe('Port that the suite listens on.'),
  /** Transport protocol. @default 'TCP' */
  protocol: protocol.default('TCP').describe('Transport protocol.'),
  /** Names of the `services` whose pods or addresses may connect. */
  from: filledList(text({ ...name, rule: "must be the name of one of 'services'" }), "['redis']").describe('Names of the `services` whose pods or addresses may connect.'),
});

export const serves = filledList(served, "[{ port: 8080, from: ['worker'] }]");
