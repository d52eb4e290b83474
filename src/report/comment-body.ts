import type { Conclusion, Judged } from './conclusion.ts';
import { fitted } from './markdown/markdown.ts';
import { MARKDOWN } from './markdown/voice.ts';
import { judgedPage, type Page } from './page/page.ts';
import { nextStepLine } from './report.ts';
import { checkedSections } from './sections/checked.ts';
import { passedOverLine } from './sections/headline-metrics.ts';
import { historyLine } from './sections/history-section.ts';
import { judgedNextStep, nextStep } from './sections/next-step.ts';
import { picksTable } from './sections/picks-table.ts';
import { reasonLines, toBeJudgedLine } from './sections/reason.ts';
import { rulesTable } from './sections/rules-table.ts';
import { trainingsTable, undecidedTrainings } from './sections/trainings-table.ts';
import { weightsSection } from './sections/weights-and-star-lines.ts';
import { checkedWhere, judgedWhere, unjudgedWhere, whereLine } from './sections/where.ts';
import type { TrainingFacts } from './training-facts.ts';
import { headingWords, judgedHeadingWords } from './words/heading.ts';

/** GitHub refuses comments of more than 65,536 characters (docs/github.md#limits); what the writer adds has its room. */
const COMMENT_MAX_BYTES = 65_000;
const MOST_ROWS = 20;

/** Where a comment comes from. */
export interface CommentOrigin {
  /** The page of the workflow run, with the summary; made by us. */
  readonly runUrl: string | undefined;
  /** The commit that was judged, in full or short. */
  readonly sha: string | undefined;
}

/** The pull request comment: the report without pictures, models and facts, with the links to the rest. */
export function renderComment(
  conclusion: Conclusion,
  training: TrainingFacts | undefined,
  origin: CommentOrigin,
): string {
  const wholeAt = origin.runUrl === undefined ? 'the job summary' : `[the job summary](${origin.runUrl})`;
  return fitted(
    (mostRows) => {
      const page = { training, wholeAt, mostRows };
      return conclusion.kind === 'judged'
        ? judgedBlocks(conclusion, page, origin)
        : otherBlocks(conclusion, page, origin);
    },
    MOST_ROWS,
    COMMENT_MAX_BYTES,
  );
}

function judgedBlocks(judged: Judged, page: Page, origin: CommentOrigin): readonly string[] {
  const whole = judgedPage(judged, page);
  return [
    `### ${judgedHeadingWords(whole, MARKDOWN)}`,
    ...whereLine([...judgedWhere(whole), ...originWords(origin, '**full report**')]),
    ...passedOverLine(whole),
    ...nextStepLine(judgedNextStep(whole, MARKDOWN)),
    ...trainingsTable(whole),
    ...rulesTable(whole),
    ...picksTable(whole),
    ...weightsSection(whole),
    ...historyLine(whole),
  ];
}

function otherBlocks(
  conclusion: Exclude<Conclusion, Judged>,
  page: Page,
  origin: CommentOrigin,
): readonly string[] {
  const { training } = page;
  const where =
    conclusion.kind === 'checked' ? checkedWhere(conclusion) : unjudgedWhere(conclusion, training);
  return [
    `### ${headingWords(conclusion, MARKDOWN)}`,
    ...whereLine([...where, ...originWords(origin, '**full report**')]),
    ...(conclusion.kind === 'checked' ? checkedSections(conclusion, page) : []),
    ...undecidedTrainings(conclusion, page),
    ...(conclusion.kind === 'undecided' ? reasonLines(conclusion, page) : []),
    ...nextStepLine(nextStep(conclusion, training, MARKDOWN)),
    ...toBeJudgedLine(conclusion),
  ];
}

function originWords({ runUrl, sha }: CommentOrigin, words: string): readonly string[] {
  return [
    ...(runUrl === undefined ? [] : [`[${words}](${runUrl})`]),
    ...(sha === undefined ? [] : [`\`${sha.slice(0, 7)}\``]),
  ];
}
