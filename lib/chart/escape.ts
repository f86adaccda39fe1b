// oxlint-disable-next-line no-control-regex -- these are what it looks for
const controlCharacter = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;
const loneSurrogate = /\p{Surrogate}/u;

/** Keeps Helm from executing what a user wrote; backquotes, because YAML never escapes them. */
export function escapeTemplate(text: string): string {
  return text.replaceAll('{{', '{{ `{{` }}');
}

/** Whether YAML allows the text only inside of double quotes, with escapes. */
export function hasControlCharacter(text: string): boolean {
  return controlCharacter.test(text) || loneSurrogate.test(text);
}

const plain = /^[A-Za-z][A-Za-z0-9]*(?:[-./][A-Za-z0-9]+)*$/;
const reservedWords = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

/** Whether the text certainly needs no quotes in YAML 1.1; most others do not either. */
export function isPlain(text: string): boolean {
  return plain.test(text) && !reservedWords.test(text);
}

/** YAML double quotes; JSON's escapes are a subset of YAML's. */
export function doubleQuoted(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Single quotes, which keep JSON inside of YAML readable. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
