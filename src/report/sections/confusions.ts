import type { Confusion } from '../evaluation-findings.ts';
import { list } from '../markdown/table.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import type { JudgedPage } from '../page/page.ts';
import { count, counted, shown } from '../words/numbers.ts';
import { confidenceWords, splitWord } from '../words/words.ts';

const MOST = 5;
/** Fewer cases are chance. */
const LEAST_CASES = 3;

/** What the headline model mistakes most often: by the part of the class; what is seen where nothing is comes last. */
export function confusionsSection({ judged, compared }: JudgedPage): readonly string[] {
  const confusions = judged.evaluation?.confusions;
  if (confusions === undefined) return [];
  const items = confusions.pairs
    .filter(({ times }) => times >= LEAST_CASES)
    .toSorted((a, b) => (rateOf(b) ?? 0) - (rateOf(a) ?? 0) || b.times - a.times)
    .flatMap(mistakeWords)
    .slice(0, MOST);
  if (items.length === 0) return [];
  const { split, threshold } = confusions;
  const whose = compared?.best === undefined ? 'On' : `${MARKDOWN.code(compared.best.modelType)} on`;
  return [
    '### Most frequent mistakes',
    `${whose} the ${splitWord(split)} split, at a confidence of ${confidenceWords(threshold)}:`,
    ...list(items, MOST, ''),
  ];
}

/** In percent of the class. */
function rateOf({ times, objects }: Confusion): number | undefined {
  return objects === undefined || objects === 0 ? undefined : (times / objects) * 100;
}

/** `helmet missed: 10.8 % (41 of 380)`, with the names as code. */
function mistakeWords(mistake: Confusion): readonly string[] {
  const { actual, predicted, times, objects } = mistake;
  const rate = rateOf(mistake);
  const often =
    objects === undefined || rate === undefined
      ? counted(times, 'time')
      : `${shown(rate, 'recall')} (${count(times)} of ${count(objects)})`;
  if (actual === undefined)
    return predicted === undefined
      ? []
      : [`${MARKDOWN.code(predicted)} seen where nothing is: ${counted(times, 'time')}`];
  return predicted === undefined
    ? [`${MARKDOWN.code(actual)} missed: ${often}`]
    : [`${MARKDOWN.code(actual)} taken for ${MARKDOWN.code(predicted)}: ${often}`];
}
