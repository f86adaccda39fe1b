import { textLines, type TextChunks } from './text-lines.ts';

const maxLineLength = 16 * 1024;
const maxIndent = 4 * 40;
const maxYamlLength = 64 * 1024;
const maxYamlTotal = 4 * 1024 * 1024;

/**
 * The lines of a log, bounded in every way that costs the TAP parser: each four spaces of indentation
 * are a nested parser, a YAML block is parsed as a whole.
 */
export function* tapLines(text: TextChunks): Generator<string> {
  let yamlTotal = 0;
  let yaml: { indent: string; length: number } | undefined;
  for (const full of textLines(text, maxLineLength)) {
    const line = full.replaceAll('\r', '');
    const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
    if (indent.length > maxIndent) continue;
    if (yaml !== undefined) {
      yaml.length += line.length;
      yamlTotal += line.length;
      if (line === `${yaml.indent}...` || !line.startsWith(yaml.indent)) yaml = undefined;
      else if (yaml.length > maxYamlLength || yamlTotal > maxYamlTotal) continue;
    } else if (indent !== '' && line === `${indent}---`) {
      yaml = { indent, length: 0 };
    }
    yield `${line}\n`;
  }
}
