/**
 * The JUnit documents in a log, each from its `<testsuites>` or `<testsuite>` to the end of it. A
 * document that does not end reaches to the end of the log, for the parser to complain about.
 */
export function* junitDocuments(log: string): Generator<string> {
  const root = /<testsuites?(?=[\s/>])/g;
  for (let found = root.exec(log); found !== null; found = root.exec(log)) {
    const end = documentEnd(log, found.index);
    yield log.slice(found.index, end);
    root.lastIndex = end;
  }
}

function documentEnd(log: string, start: number): number {
  const token = /<!\[CDATA\[|<!--|<\/?testsuites?(?=[\s/>])/g;
  token.lastIndex = start;
  let depth = 0;
  for (let found = token.exec(log); found !== null; found = token.exec(log)) {
    const end = tokenEnd(log, found[0], token.lastIndex);
    if (end === undefined) break;
    if (found[0].startsWith('</')) depth--;
    else if (found[0].startsWith('<t') && log[end - 2] !== '/') depth++;
    if (depth <= 0) return end;
    token.lastIndex = end;
  }
  return log.length;
}

function tokenEnd(log: string, token: string, from: number): number | undefined {
  if (token === '<![CDATA[') return after(log, ']]>', from);
  if (token === '<!--') return after(log, '-->', from);
  // A `>` may stand in the value of an attribute.
  const part = /[>"']/g;
  part.lastIndex = from;
  for (let found = part.exec(log); found !== null; found = part.exec(log)) {
    if (found[0] === '>') return part.lastIndex;
    const end = after(log, found[0], part.lastIndex);
    if (end === undefined) return undefined;
    part.lastIndex = end;
  }
  return undefined;
}

function after(log: string, mark: string, from: number): number | undefined {
  const index = log.indexOf(mark, from);
  return index === -1 ? undefined : index + mark.length;
}
