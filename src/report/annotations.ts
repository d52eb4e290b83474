import { sentences } from '../lib/errors.ts';
import type { Conclusion, Judged, Undecided } from './conclusion.ts';
import { PLAIN } from './markdown/voice.ts';
import { type JudgedPage, judgedPage } from './page/page.ts';
import { judgedNextStep } from './sections/next-step.ts';
import type { TrainingFacts } from './training-facts.ts';
import { plainHeading } from './words/heading.ts';
import { reasonsAgainst, warningsOf } from './words/reasons.ts';
import { undecidedWords } from './words/undecided-words.ts';

/** What stands beside a workflow run, as plain text. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly text: string;
}

/** GitHub shows ten annotations of a level for each step (docs/internals/github.md#limits). */
const MOST_OF_A_LEVEL = 10;

/**
 * How the step ends, as annotations: an error for each rule that decided, with exact figures, the first with the next
 * step; a warning for each rule that only warns; one notice with the verdict and the link if all is well.
 * @param failBuild whether broken rules fail the build; else they are warnings
 */
export function annotationsOf(
  conclusion: Conclusion,
  training: TrainingFacts | undefined,
  failBuild: boolean,
): readonly Annotation[] {
  switch (conclusion.kind) {
    case 'judged':
      return ofJudged(conclusion, training, failBuild);
    case 'undecided':
      return ofUndecided(conclusion);
    case 'started':
    case 'checked':
    case 'skipped':
      return [notice(conclusion, training, conclusion.kind === 'checked' ? conclusion.url : undefined)];
  }
}

function notice(
  conclusion: Conclusion,
  training: TrainingFacts | undefined,
  url = training?.url,
): Annotation {
  return { level: 'notice', text: sentences(plainHeading(conclusion, training), url) };
}

function ofJudged(
  judged: Judged,
  training: TrainingFacts | undefined,
  failBuild: boolean,
): readonly Annotation[] {
  const page = judgedPage(judged, { training, wholeAt: '', mostRows: 0 });
  const warnings = eachOnce(warningsOf(judged)).map((text): Annotation => ({ level: 'warning', text }));
  if (judged.verdict.outcome === 'passed')
    return [...ofWeights(page), ...atMost([...warnings, ...ofStars(judged)]), notice(judged, training)];
  const isAdvisory = judged.verdict.outcome === 'failed' && !failBuild;
  const level = isAdvisory ? 'warning' : 'error';
  const note = isAdvisory ? 'The build goes on, since fail-build is false' : undefined;
  const against = reasonsWithNextStep(page, note).map((text): Annotation => ({ level, text }));
  return isAdvisory ? atMost([...against, ...warnings]) : [...atMost(against), ...atMost(warnings)];
}

/** The gate passed, but the workflow asked for a file that it does not get: the step fails. */
function ofWeights(page: JudgedPage): readonly Annotation[] {
  const { weights } = page.judged;
  if (weights?.kind !== 'failed') return [];
  const said = `The weights of ${weights.modelId} were not stored: ${weights.reason}`;
  return [{ level: 'error', text: sentences(said, judgedNextStep(page, PLAIN)) }];
}

function ofStars({ stars }: Judged): readonly Annotation[] {
  const refused = stars?.refused ?? [];
  return refused.map(({ modelId, reason }) => ({
    level: 'warning',
    text: `${modelId} was not starred: ${reason}`,
  }));
}

/** Each stands alone where GitHub shows it, so each has the link; what to do next is told once. */
function reasonsWithNextStep(page: JudgedPage, note: string | undefined): readonly string[] {
  const next = judgedNextStep(page, PLAIN);
  return eachOnce(reasonsAgainst(page.judged)).map((reason, index) =>
    sentences(reason, index === 0 ? next : undefined, note, page.training?.url),
  );
}

/** A rule that is written twice is told once. */
function eachOnce(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)];
}

function ofUndecided({ why }: Undecided): readonly Annotation[] {
  const { reason, details, next } = undecidedWords(why);
  const lines = details.map((line) => `\n- ${line}`).join('');
  const said = `Not judged: ${reason}${lines === '' ? '' : `:${lines}`}`;
  return [{ level: 'error', text: sentences(said, next) }];
}

function atMost(annotations: readonly Annotation[]): readonly Annotation[] {
  if (annotations.length <= MOST_OF_A_LEVEL) return annotations;
  const shown = annotations.slice(0, MOST_OF_A_LEVEL - 1);
  const level = annotations[0]?.level ?? 'warning';
  return [...shown, { level, text: `and ${annotations.length - shown.length} more, all in the report` }];
}
