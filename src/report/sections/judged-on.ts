import { SPLITS } from '../../gate/split-figures.ts';
import { code } from '../markdown/markdown.ts';
import type { JudgedPage } from '../page/page.ts';
import { headlineWords, sourceWords, splitWord } from '../words/words.ts';

/** Which model and which figures the rules were judged on, as far as a rule does not say it. */
export function judgedOnLines(page: JudgedPage): readonly string[] {
  const sentences = [...whoseSentence(page), ...splitSentence(page), ...sourceSentences(page)];
  return sentences.length === 0 ? [] : [sentences.join(' ')];
}

function whoseSentence({ judged, candidates, compared }: JudgedPage): readonly string[] {
  const best = compared?.best;
  const { rules } = judged.verdict;
  if (candidates.length < 2 || rules.every(({ rule }) => rule.hardware === undefined)) return [];
  const whose = best === undefined ? '' : ` of ${code(best.modelType)}`;
  const others = rules.some(({ rule }) => rule.hardware === undefined)
    ? `, any other on the ${headlineWords(judged.verdict)}${whose}`
    : '';
  const from = compared === undefined ? '' : ' from all trainings';
  return [`A rule on hardware is judged on the model picked for it${from}${others}.`];
}

/** What a rule on classes means without a split. */
function splitSentence({ judged }: JudgedPage): readonly string[] {
  const isLeftOpen = judged.verdict.rules.some(
    ({ rule }) => rule.ofClass !== undefined && rule.split === undefined,
  );
  return isLeftOpen ? ['A rule on classes that names no split is judged on validation.'] : [];
}

/** Where the figures of the rules are from, unless the table of the classes says it of the same figures. */
function sourceSentences({ judged, classes }: JudgedPage): readonly string[] {
  const origins = judged.verdict.rules.flatMap(({ origin }) => (origin === undefined ? [] : [origin]));
  const untold = origins.filter(
    ({ split, source }) => !(classes?.isJudged && classes.split === split && classes.source === source),
  );
  return SPLITS.flatMap((split) => {
    const sources = new Set(untold.filter((each) => each.split === split).map(({ source }) => source));
    if (sources.size === 0) return [];
    const words = splitWord(split);
    return [
      `${words.charAt(0).toUpperCase()}${words.slice(1)} figures are from ${[...sources].map(sourceWords).join(' and ')}.`,
    ];
  });
}
