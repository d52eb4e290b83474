import { type Conclusion, endOfOne, type PlannedRule, type Undecided } from '../conclusion.ts';
import { list } from '../markdown/table.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import type { Page } from '../page/page.ts';
import { firstClause } from '../words/heading.ts';
import { undecidedWords } from '../words/undecided-words.ts';
import { rulesInSentence } from '../words/words.ts';

const MOST_DETAILS = 30;
const MOST_RULES = 20;

/** Roboflow's own words, if they say more than the heading; of several trainings what became of each, and how to go on with it. */
export function reasonLines(undecided: Undecided, { mostRows }: Page): readonly string[] {
  const items = undecidedWords(undecided.why).details.map((line) => MARKDOWN.prose(line));
  const end = endOfOne(undecided);
  const said = end?.kind === 'failed' ? end.reason : undefined;
  const quote = said === undefined || firstClause(said) === said.trim() ? [] : [`> ${MARKDOWN.prose(said)}`];
  return [...quote, ...list(items, Math.min(MOST_DETAILS, mostRows), 'all in the log')];
}

/** The rules that were not judged, or are to be. */
export function toBeJudgedLine(conclusion: Exclude<Conclusion, { kind: 'judged' }>): readonly string[] {
  if (conclusion.kind !== 'started' && conclusion.kind !== 'undecided') return [];
  const beginning = conclusion.kind === 'started' ? 'To be judged' : 'Not judged';
  return rulesLine(
    beginning,
    (conclusion.rules ?? []).map((rule) => ({ rule, bound: undefined })),
  );
}

/** `To be judged: mAP50 ≥ 80 %; as a warning, recall ≥ 85 %.` */
export function rulesLine(beginning: string, rules: readonly PlannedRule[]): readonly string[] {
  if (rules.length === 0) return [];
  const more = rules.length > MOST_RULES ? ` and ${rules.length - MOST_RULES} more` : '';
  return [`${beginning}: ${rulesInSentence(rules.slice(0, MOST_RULES), MARKDOWN)}${more}.`];
}
