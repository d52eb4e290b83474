/** Which classes a rule is about: one by its name, or each of them, of which the worst decides. */
export type ClassChoice = { readonly kind: 'one'; readonly name: string } | { readonly kind: 'every' };

/** `[helmet]`, `["a]b"]`, `[*]`: a choice as rules write it. {@link readClassChoice} gives the same choice again. */
export function formatClassChoice(choice: ClassChoice): string {
  return choice.kind === 'every'
    ? '[*]'
    : `[${needsQuotes(choice.name) ? quoted(choice.name) : choice.name}]`;
}

function needsQuotes(name: string): boolean {
  return name === '*' || name !== name.trim() || /[\]"]/u.test(name);
}

function quoted(name: string): string {
  return `"${name.replace(/["\\]/gu, (char) => `\\${char}`)}"`;
}

/** A rule that names a class, taken apart. */
export interface ClassInRule {
  readonly before: string;
  readonly brackets: string;
  readonly after: string;
}

const QUOTED = String.raw`"(?:[^"\\]|\\.)*"`;
const BRACKETS = new RegExp(
  String.raw`^(?<before>[^[#]*)(?<brackets>\[\s*(?:${QUOTED}|[^"\]\s][^\]]*)?\s*\])(?<after>.*)$`,
  'su',
);

/** Takes `line` apart at the brackets of a class; undefined if it has none. Those of `mAP@[.5:.95]` belong to the metric. */
export function classInRule(line: string): ClassInRule | undefined {
  const { before, brackets, after } = BRACKETS.exec(line)?.groups ?? {};
  if (before === undefined || brackets === undefined || after === undefined) return undefined;
  if (!/map[\s_]*@?\s*$/iu.test(before) || !/^\[[\s.:\d-]+\]$/u.test(brackets))
    return { before, brackets, after };
  const next = classInRule(after);
  return next && { ...next, before: `${before}${brackets}${next.before}` };
}

/** The choice in `brackets`; undefined if they name nothing. */
export function readClassChoice(brackets: string): ClassChoice | undefined {
  const inside = brackets.slice(1, -1).trim();
  if (inside === '*') return { kind: 'every' };
  const isQuoted = inside.startsWith('"');
  const name = isQuoted ? inside.slice(1, -1).replace(/\\(["\\])/gu, '$1') : inside;
  return name === '' ? undefined : { kind: 'one', name };
}
