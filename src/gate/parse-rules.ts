import { type ClassInRule, classInRule } from './class-choice.ts';
import { metricNamed } from './metric.ts';
import { parseBound } from './parse-bound.ts';
import { parseTarget } from './parse-target.ts';
import type { ComparisonSign, Rule } from './rules.ts';

/** A line that is no rule: its number (from 1), its text, and what is wrong with it. */
interface RuleMistake {
  readonly line: number;
  readonly text: string;
  readonly problem: string;
}

/** Parses `thresholds`: one rule a line, `#` starts a comment. Never throws: a line that is no rule gives a mistake. */
export function parseRules(text: string) {
  const rules: Rule[] = [];
  const mistakes: RuleMistake[] = [];
  const lines = text.split(/\r\n|\r|\n/);
  const isAlone = lines.filter((line) => line.trim() !== '').length === 1;
  for (const [index, line] of lines.entries()) {
    const content = contentOf(line);
    const shown = `${content.before}${content.brackets}${content.after}`;
    const isHidden = isAlone && hasHiddenRule(line);
    if (shown === '' && !isHidden) continue;
    const rule = isHidden ? `its comment has a rule: ${ONE_A_LINE}` : parseRule(content);
    const text = shown === '' ? line.replace(INVISIBLE, '').trim() : shown;
    if (typeof rule === 'string') mistakes.push({ line: index + 1, text, problem: rule });
    else rules.push(rule);
  }
  return { rules, mistakes };
}

/** A line without its comment, taken apart at the brackets of a class. Without brackets all of it is `after`. */
function contentOf(line: string): ClassInRule {
  const ofClass = classInRule(line);
  if (ofClass === undefined) return { before: '', brackets: '', after: cleaned(line).trim() };
  const { before, brackets, after } = ofClass;
  return { before: cleaned(before).trim(), brackets, after: cleaned(after).trimEnd() };
}

/** Characters that nobody sees and that a rule may contain when it is copied from a web page. A tab is not one of them. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]|(?!\t)\p{Cc}/gu;

function cleaned(text: string): string {
  return text.replace(INVISIBLE, '').replace(/#.*/u, '').replace(/≥/gu, '>=').replace(/≤/gu, '<=');
}

/** The rule, or what is wrong with it. */
function parseRule({ before, brackets, after }: ClassInRule): Rule | string {
  if (isSeveralRules(`${before} ${after}`)) return `these are several rules on one line: ${ONE_A_LINE}`;
  const first = brackets === '' ? after : before;
  const prefix = /^(?:(?:warn|each)\s*:\s*)*/iu.exec(first)?.[0] ?? '';
  const words: readonly string[] = prefix.toLowerCase().match(/warn|each/gu) ?? [];
  const repeated = words.find((word, index) => words.indexOf(word) < index);
  if (repeated !== undefined) return `"${repeated}:" is there twice; leave one of them out`;
  const rest = first.slice(prefix.length);
  const flipped = FLIPPED.exec(brackets === '' ? rest : `${rest}${brackets}${after}`)?.groups;
  if (flipped)
    return `the metric comes first: "${prefix}${flipped.target} ${flipped.sign === '<' ? '>' : '<'}${flipped.equal} ${flipped.bound}"`;
  const parts = /^(?<target>[^<>=]*?)\s*(?<comparison>>=|<=|>|<)\s*(?<bound>[^<>=]*)$/u.exec(
    brackets === '' ? rest : after,
  )?.groups;
  const comparison = comparisonOf(parts?.comparison);
  if (!parts || !comparison)
    return 'a rule needs one comparison: a metric, then >=, >, <= or <, then a bound, as in "map50 >= 80"';
  const target = parseTarget({ before: brackets === '' ? '' : rest, brackets, after: parts.target ?? '' });
  if (typeof target === 'string') return target;
  const bound = parseBound((parts.bound ?? '').trim(), target.metric);
  if (typeof bound === 'string') return bound;
  return {
    severity: words.includes('warn') ? 'warn' : 'fail',
    scope: words.includes('each') ? 'each' : 'best',
    ...target,
    comparison,
    bound,
  };
}

/** `85 <= map50`: a bound, and then the metric. */
const FLIPPED = /^(?<bound>(?:\d|baseline)[^<>=]*?)\s*(?<sign>[<>])(?<equal>=?)\s*(?<target>\p{L}[^<>=]*)$/iu;

const ONE_A_LINE =
  'write each on its own line. In YAML, "thresholds: |" keeps lines apart, and ">" joins them';

/** Whether the comment has a rule: joined by YAML, a comment hides all lines after it. */
function hasHiddenRule(line: string): boolean {
  const [, comment = ''] = /#(.*)/su.exec(line.replace(/\[[^\]]*\]/gu, '')) ?? [];
  const heads = comment.matchAll(/([a-z][\w-]*)\s*(?:@[\w -]+)?\s*[<>≤≥]/giu);
  return [...heads].some(([, word = '']) => metricNamed(word) !== undefined);
}

/** As when YAML joined the lines of a block that begins with `>`. */
function isSeveralRules(content: string): boolean {
  return (content.match(/(?:>=|<=|>|<)\s*(?:\d|baseline)/giu) ?? []).length > 1;
}

function comparisonOf(text: string | undefined): ComparisonSign | undefined {
  return text === '>=' || text === '<=' || text === '>' || text === '<' ? text : undefined;
}
