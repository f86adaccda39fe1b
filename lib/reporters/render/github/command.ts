export interface AnnotationProperties {
  readonly title: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
}

/** `::error title=…,file=…,line=…::message`, in which no text can end the command or begin another. */
export function renderAnnotation(level: 'error' | 'warning', properties: AnnotationProperties, message: string): string {
  const written = Object.entries(properties)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${level} ${written.join(',')}::${escapeData(message)}\n`;
}

/** Lines that a reader may open. The bar keeps each of them from being a command. */
export function renderGroup(title: string, lines: readonly string[]): string {
  return `::group::${escapeData(title)}\n${lines.map((line) => `│ ${line}`.trimEnd() + '\n').join('')}::endgroup::\n`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
