import { inspect } from 'node:util';
import { z } from 'zod';
import { didYouMean, findNearest } from '../did-you-mean.ts';

/** What a string must be, and what was probably meant by one that is not. */
export interface TextRule {
  readonly rule: string;
  readonly obeys: (value: string) => boolean;
  /** What to do about what was received. */
  readonly hint?: (received: unknown) => string | undefined;
  /** For JSON schemas, which know no more: what obeys matches this. RE2, as Helm reads it. */
  readonly pattern?: string;
  /** And does not match this. */
  readonly except?: string;
}

/** As a rule of a value that may be left empty. */
export function orEmpty(rule: TextRule): TextRule {
  return { ...rule, obeys: (value) => value === '' || rule.obeys(value), ...(rule.pattern !== undefined && { pattern: `^$|${rule.pattern}` }) };
}

/** Zod's issues have room for one string: the rule, and on the next line the hint. */
export function message(rule: string, hint: string | undefined): string {
  return hint === undefined ? rule : `${rule}\n${hint}`;
}

export function text(textRule: TextRule): z.ZodString {
  const { rule, obeys, hint } = textRule;
  const error = ({ input }: { readonly input?: unknown }): string => message(rule, hint?.(input) ?? quote(input, obeys));
  return z.string({ error }).refine(obeys, { error }).meta(patternsOf(textRule));
}

function patternsOf({ pattern, except }: TextRule) {
  return { ...(pattern !== undefined && { pattern }), ...(except !== undefined && { not: { pattern: except } }) };
}

/** Linux ends words and variables at a NUL. */
export function anyText(rule = 'must be a string'): z.ZodString {
  return text({ rule, obeys: () => true }).refine((value) => !value.includes('\0'), { error: 'must not hold a NUL character' });
}

export function nonEmptyText(rule = 'must be a string that is not empty'): z.ZodString {
  return text({ rule, obeys: (value) => value !== '' });
}

/** A number or boolean where a string is wanted may only lack quotes. */
function quote(received: unknown, obeys: (value: string) => boolean): string | undefined {
  return (typeof received === 'number' || typeof received === 'boolean') && obeys(String(received)) ? `write '${received}'` : undefined;
}

export function whole(from: number, to: number, rule = `must be a whole number from ${from} to ${to}`): z.ZodInt {
  const error = ({ input }: { readonly input?: unknown }): string => {
    const isQuoted = typeof input === 'string' && /^\d+$/.test(input);
    return message(rule, isQuoted ? `write ${input}, without quotes` : undefined);
  };
  return z.int({ error }).min(from, { error }).max(to, { error });
}

export function flag(): z.ZodBoolean {
  return z.boolean({ error: 'must be true or false' });
}

export function choice<const Values extends readonly string[]>(...values: Values): z.ZodEnum<{ [Value in Values[number]]: Value }> {
  return z.enum(values, {
    error: ({ input }) => message(`must be ${alternatives(values)}`, meant(input, values)),
  });
}

/** For rules that list what is known themselves. */
export function meant(received: unknown, known: readonly string[]): string | undefined {
  const nearest = typeof received === 'string' ? findNearest(received, known) : undefined;
  return nearest === undefined ? undefined : write(nearest);
}

export function alternatives(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(', ').replace(/, ([^,]*)$/, ' or $1');
}

/** `example`: how such a list is written. */
export function list<Item extends z.ZodType>(item: Item, example: string): z.ZodArray<Item> {
  return z.array(item, { error: message('must be a list', `write a list such as ${example}`) });
}

/** A list that says something only when it has items. */
export function filledList<Item extends z.ZodType>(item: Item, example: string): z.ZodArray<Item> {
  return list(item, example).min(1, { error: message('must not be empty', `write a list such as ${example}`) });
}

/** An object with these keys and no others; the hints of unknown keys are one a line. */
export function section<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => didYouMean(key, known)).join('\n') : `must be an object with ${known.join(', ')}`,
  });
}

/** An object whose keys the user chooses. Values under a wrong key are looked at all the same. */
export function named<Value extends z.ZodType>(keyRule: TextRule, value: Value): z.ZodRecord<z.ZodString, Value> {
  const { rule, obeys, hint } = keyRule;
  return z.record(z.string().meta(patternsOf(keyRule)), value, { error: 'must be an object' }).superRefine((entries, context) => {
    for (const key of Object.keys(entries)) {
      if (!obeys(key)) context.addIssue({ code: 'custom', message: message(rule, hint?.(key)), path: [key], params: { isKey: true } });
    }
  }, always);
}

/** Makes a rule on a whole object run beside errors in its fields, so that all problems come at once. */
export const always = {
  when: ({ value }: { readonly value: unknown }): boolean => typeof value === 'object' && value !== null && !Array.isArray(value),
};

export function write(value: string): string {
  return `write ${inspect(value)}`;
}
