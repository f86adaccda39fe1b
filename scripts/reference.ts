import { z } from 'zod';
import { suitesConfigSchema } from '../lib/config/schema.ts';

interface Node {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly required?: readonly string[];
}

/** The reference of the config, made of the schema that validates it. */
export function renderReference(): string {
  const root = z.toJSONSchema(suitesConfigSchema, { io: 'input', unrepresentable: 'any' }) as Node;
  return `# Config reference

Generated from the schema by \`npm run generate\`; a key without default is required where its section is, unless its text says what happens without it.

| key | type | default | |
|---|---|---|---|
${rows('', root).join('\n')}
`;
}

function rows(path: string, node: Node): readonly string[] {
  const own = Object.entries(node.properties ?? {}).flatMap(([key, child]) => {
    const name = path === '' ? key : `${path}.${key}`;
    return [row(name, child, node.required?.includes(key) === true), ...below(name, child)];
  });
  return own;
}

/** Keys of objects, of the values of records, of the items of lists and of each variant. */
function below(path: string, node: Node): readonly string[] {
  const variants = [...(node.anyOf ?? []), ...(node.oneOf ?? [])];
  return [
    ...rows(path, node),
    ...(typeof node.additionalProperties === 'object' ? below(`${path}.<name>`, node.additionalProperties) : []),
    ...(node.items ? below(`${path}[]`, node.items) : []),
    ...new Set(variants.flatMap((variant) => below(path, variant))),
  ];
}

function row(path: string, node: Node, required: boolean): string {
  const standard = node.default === undefined ? (required ? 'required' : '') : `\`${JSON.stringify(node.default)}\``;
  return `| \`${path}\` | ${typeOf(node)} | ${standard} | ${escape(node.description ?? '')} |`;
}

function typeOf(node: Node): string {
  const variants = [...(node.anyOf ?? []), ...(node.oneOf ?? [])];
  if (variants.length > 0) return [...new Set(variants.map(typeOf))].join(' or ');
  if (node.enum) return node.enum.map((value) => `\`${JSON.stringify(value)}\``).join(' or ');
  if (node.const !== undefined) return `\`${JSON.stringify(node.const)}\``;
  if (node.items) return `list of ${typeOf(node.items)}`;
  return String(node.type ?? 'any');
}

function escape(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
