import { classInRule } from './class-choice.ts';
import { parseBound } from './parse-bound.ts';
import { parseTarget } from './parse-target.ts';
import { type Parsed, parsed, problem } from './parsed.ts';
import { type ComparisonSign, formatRule, type Rule } from './rules.ts';
import { likelyRules } from './suggest-rule.ts';

/** A line that is no rule: its number (from 1), its text, what is wrong with it, and the rule that was probably meant. */
export interface RuleMistake {
  readonly line: number;
  readonly text: string;
  readonly problem: string;
  readonly suggestion: string | undefined;
}

export interface ParsedRules {
  readonly rules: readonly Rule[];
  readonly mistakes: readonly RuleMistake[];
}

/** Parses `thresholds`: one rule a line, `#` starts a comment. Never throws: a line that is no rule gives a mistake. */
export function parseRules(text: string): ParsedRules {
  const rules: Rule[] = [];
  const mistakes: RuleMistake[] = [];
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const content = contentOf(line);
    const shown = `${content.before}${content.brackets ?? ''}${content.after}`;
    if (shown === '') continue;
    const rule = parseRule(content);
    if (rule.kind === 'parsed') rules.push(rule.value);
    else {
      const suggestion = suggestionFor(content);
      mistakes.push({ line: index + 1, text: shown, problem: rule.problem, suggestion });
    }
  }
  return { rules, mistakes };
}

/** A line without its comment, taken apart at the brackets of a class. Without brackets all of it is `after`. */
interface Content {
  readonly before: string;
  readonly brackets: string | undefined;
  readonly after: string;
}

function contentOf(line: string): Content {
  const ofClass = classInRule(line);
  if (ofClass === undefined) return { before: '', brackets: undefined, after: cleaned(line).trim() };
  const { before, brackets, after } = ofClass;
  return { before: cleaned(before).trim(), brackets, after: cleaned(after).trimEnd() };
}

/** Characters that nobody sees and that a rule may contain when it is copied from a web page. A tab is not one of them. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]|(?!\t)\p{Cc}/gu;

function cleaned(text: string): string {
  return text.replace(INVISIBLE, '').replace(/#.*/u, '').replace(/≥/gu, '>=').replace(/≤/gu, '<=');
}

function parseRule({ before, brackets, after }: Content): Parsed<Rule> {
  if (isSeveralRules(after))
    return problem(
      'these are several rules on one line: write each on its own. In YAML, "thresholds: |" keeps lines apart, and ">" joins them',
    );
  const first = brackets === undefined ? after : before;
  const { prefix, repeated } = prefixOf(first);
  if (repeated !== undefined) return problem(`"${repeated}:" is there twice; leave one of them out`);
  const rest = first.slice(prefix.length);
  const parts = /^(?<target>[^<>=]*?)\s*(?<comparison>>=|<=|>|<)\s*(?<bound>[^<>=]*)$/u.exec(
    brackets === undefined ? rest : after,
  )?.groups;
  const comparison = comparisonOf(parts?.comparison);
  if (!parts || !comparison)
    return problem(
      'a rule needs one comparison: a metric, then >=, >, <= or <, then a bound, as in "map50 >= 80"',
    );
  const target = parseTarget({
    before: brackets === undefined ? '' : rest,
    brackets,
    after: parts.target ?? '',
  });
  if (target.kind === 'problem') return target;
  const bound = parseBound((parts.bound ?? '').trim(), target.value.metric);
  if (bound.kind === 'problem') return bound;
  return parsed({
    severity: /warn/iu.test(prefix) ? 'warn' : 'fail',
    scope: /each/iu.test(prefix) ? 'each' : 'best',
    ...target.value,
    comparison,
    bound: bound.value,
  });
}

/** `warn:` and `each:` in any order, and the word that is there more than once. */
function prefixOf(text: string): { readonly prefix: string; readonly repeated: string | undefined } {
  const prefix = /^(?:(?:warn|each)\s*:\s*)*/iu.exec(text)?.[0] ?? '';
  const words = prefix.toLowerCase().match(/warn|each/gu) ?? [];
  return {
    prefix,
    repeated: words.find((word, index) => words.slice(0, index).some((earlier) => earlier === word)),
  };
}

/** As when YAML joined the lines of a block that begins with `>`. */
function isSeveralRules(content: string): boolean {
  return (content.match(/(?:>=|<=|>|<)\s*(?:\d|baseline)/giu) ?? []).length > 1;
}

function comparisonOf(text: string | undefined): ComparisonSign | undefined {
  return text === '>=' || text === '<=' || text === '>' || text === '<' ? text : undefined;
}

/** The rule that was probably meant, undefined if no correction gives a rule. */
function suggestionFor({ before, brackets, after }: Content): string | undefined {
  // A word after the brackets means something, and no correction may drop it.
  if (brackets !== undefined && /^\s*\p{L}/u.test(after)) return undefined;
  for (const candidate of likelyRules(`${before}${after}`, brackets)) {
    const rule = parseRule(contentOf(candidate));
    if (rule.kind === 'parsed') return formatRule(rule.value);
  }
  return undefined;
}
