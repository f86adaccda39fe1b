/**
 * Calls of the chart's named templates, as expressions. Their names start with the chart's name
 * because a parent chart shares one space of names with all of its subcharts.
 */
export function helpersOf(chart: string) {
  const include = (name: string, ...args: readonly string[]): string => `include ${goString(`${chart}.${name}`)} (list $ ${args.join(' ')})`;
  return {
    /** `<release>-<key>`, at most 63 characters. */
    objectName: (key: string): string => include('name', goString(key)),
    /** The scopes of a ResourceQuota cannot change, so another kind of scope makes another quota. */
    quotaName: (type: string): string => include('name', `(ternary ${goString(`${type}-by-class`)} ${goString(type)} $.Values.priorityClasses.create)`),
    /** `<release>-<key>-<suffix>`; `key` is an expression. */
    jobName: (key: string): string => include('jobName', key, '$suffix'),
    /** Hash of what the suite runs. */
    content: (suite: string): string => `include ${goString(`${chart}.content.${suite}`)} $`,
    /** Run id and content hash. */
    suffix: (): string => include('suffix', '$content'),
    image: (image: string): string => include('image', goString(image)),
    pullPolicy: (image: string): string => include('pullPolicy', goString(image)),
    /** Names of the Secrets that a pod pulls its images with. */
    pullSecrets: (images: readonly string[]): string => `${include('pullSecrets', ...images.map(goString))} | fromJsonArray`,
    /** A map that is said for all suites, for the type and for the suite: the last word is the suite's. */
    merged: (field: string, type: string): string =>
      `include ${goString(`${chart}.merged`)} (list $.Values.${field} ${typeValues(type)}.${field} $suite.${field}) | fromJson`,
    /** A list that is said for all suites, for the type and for the suite. */
    joined: (field: string, type: string): string => `concat ${[`$.Values.${field}`, `${typeValues(type)}.${field}`, `$suite.${field}`].map((list) => `(${list} | default list)`).join(' ')}`,
    /** Requests and limits of a suite container. */
    resources: (type: string): string => `(include ${goString(`${chart}.resources`)} (list $suite ${typeValues(type)}) | fromJson)`,
    /** Limits of a container beside a suite's, which has one of CPU only where the suite has. */
    toolLimits: (type: string, { cpu, memory }: { readonly cpu: string; readonly memory: string }): string =>
      `(include ${goString(`${chart}.toolLimits`)} (list $suite ${typeValues(type)} (dict "cpu" ${goString(cpu)} "memory" ${goString(memory)})) | fromJson)`,
    /** Not empty for a suite whose Job stays suspended until the CLI starts it. */
    controlled: (suite: string, type: string, hasNeeds: boolean): string => include('controlled', goString(suite), goString(type), String(hasNeeds)),
    priorityClass: (type: string): string => include('priorityClass', goString(type)),
  } as const;
}

/** The values of a type, as an expression. */
export function typeValues(type: string): string {
  return `(index $.Values.types ${goString(type)})`;
}

/** A string literal of Go. */
export function goString(text: string): string {
  return JSON.stringify(text);
}

/** `.env.NAME`, or `index` where the name is no identifier. */
export function fieldOf(map: string, name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `${map}.${name}` : `(index ${map} ${goString(name)})`;
}
