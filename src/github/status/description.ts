import { basicCharacters } from '../../lib/fit-text.ts';
import type { Conclusion } from '../../report/conclusion.ts';
import { plainLine } from '../../report/markdown/markdown.ts';
import { PLAIN } from '../../report/markdown/voice.ts';
import type { TrainingFacts } from '../../report/training-facts.ts';
import { plainHeading } from '../../report/words/heading.ts';
import { NBSP } from '../../report/words/numbers.ts';
import { verdictWords } from '../../report/words/verdict.ts';
import type { StatusSubject } from './target-url.ts';

/** GitHub takes no longer one (docs/internals/github.md#commit-statuses). */
const LONGEST = 140;
/** Of a model type or a status word, so that what comes after it always has its place. */
const LONGEST_PART = 45;

type Place = Pick<StatusSubject, 'version' | 'modelType'>;

/** `rfdetr-nano on version 7: training, 45 %`, from the API's word and a progress of 0 to 1. */
export function runningDescription(place: Place, word: string, progress?: number): string {
  const told = progress === undefined ? '' : `, ${percentOf(progress)} %`;
  return `${placeWords(place)}: ${part(word)}${told}`;
}

const NEWS_PERCENT = 5;

/** Whether the training has another word now than `shown` says, or has made five points of progress since. */
export function isNews(shown: string, place: Place, word: string, progress?: number): boolean {
  const said = runningDescription(place, word);
  const rest = shown.startsWith(said) ? /^(?:, (\d{1,3}) %)?$/.exec(shown.slice(said.length)) : null;
  return rest === null || percentOf(progress ?? 0) >= Number(rest[1] ?? 0) + NEWS_PERCENT;
}

function placeWords({ version, modelType }: Place): string {
  const type = modelType === undefined ? 'a training' : part(modelType);
  return version === undefined ? type : `${type} on version ${version}`;
}

function part(text: string): string {
  return plainLine(basicCharacters(text), LONGEST_PART);
}

function percentOf(progress: number): number {
  return Math.floor(progress * 100);
}

/** `Failed: mAP50 73.1 %, wanted 80 % or more, and 1 more rule (rfdetr-nano on version 7)`: a verdict, as far as it fits. */
export function verdictDescription(
  conclusion: Conclusion,
  place: Place,
  failBuild: boolean,
  facts?: TrainingFacts,
): string {
  const verdict = basicCharacters(verdictIn(conclusion, facts, failBuild)).replaceAll(NBSP, ' ');
  const whole = `${verdict} (${placeWords(place)})`;
  return whole.length <= LONGEST ? whole : clippedDescription(verdict);
}

function verdictIn(conclusion: Conclusion, facts: TrainingFacts | undefined, failBuild: boolean): string {
  if (conclusion.kind === 'judged' && conclusion.verdict.outcome === 'failed' && !failBuild)
    return `not enforced: ${verdictWords(conclusion, PLAIN)}`;
  return plainHeading(conclusion, facts);
}

/** `text` on one line, as long as a description may be. */
export function clippedDescription(text: string): string {
  // Three dots take the place of one character more.
  return plainLine(basicCharacters(text), LONGEST - 2);
}
