import type { Conclusion } from './conclusion.ts';
import { fitted } from './markdown/markdown.ts';
import { MARKDOWN } from './markdown/voice.ts';
import { type JudgedPage, judgedPage, type Page } from './page/page.ts';
import { changesFirst, changesLast } from './sections/changes.ts';
import { checkedSections } from './sections/checked.ts';
import { judgedClassesSection, otherClassesSection } from './sections/classes.ts';
import { comparisonSection } from './sections/comparison.ts';
import { confusionsSection } from './sections/confusions.ts';
import { metricsLine, passedOverLine } from './sections/headline-metrics.ts';
import { historyLine, historySection } from './sections/history-section.ts';
import { modelsSection } from './sections/models.ts';
import { judgedNextStep, nextStep } from './sections/next-step.ts';
import { picksSection, picksTable } from './sections/picks-table.ts';
import { reasonLines, toBeJudgedLine } from './sections/reason.ts';
import { rulesSection, rulesTable } from './sections/rules-table.ts';
import { tradeOffSection } from './sections/trade-off.ts';
import { judgedTrainingSection, unjudgedTrainingSection } from './sections/training-details.ts';
import { trainingsSection, undecidedTrainings } from './sections/trainings-table.ts';
import { starsSection, weightsSection } from './sections/weights-and-star-lines.ts';
import { checkedWhere, judgedWhere, unjudgedWhere, whereLine } from './sections/where.ts';
import type { TrainingFacts } from './training-facts.ts';
import { headingWords } from './words/heading.ts';

type Section = (page: JudgedPage) => readonly string[];
type Unjudged = Exclude<Conclusion, { kind: 'judged' }>;
type UnjudgedSection = (conclusion: Unjudged, page: Page) => readonly string[];

interface Form {
  readonly mark: '##' | '###';
  readonly judged: readonly Section[];
  readonly unjudged: readonly UnjudgedSection[];
  /** Nobody reads more rows than this in one table. */
  readonly mostRows: number;
  readonly maxBytes: number;
}

const nextStepSection: Section = (page) => nextStepLine(judgedNextStep(page, MARKDOWN));

const UNJUDGED: readonly UnjudgedSection[] = [
  (conclusion, page) => (conclusion.kind === 'checked' ? checkedSections(conclusion, page) : []),
  undecidedTrainings,
  (conclusion, page) => (conclusion.kind === 'undecided' ? reasonLines(conclusion, page) : []),
  (conclusion, { training }) => nextStepLine(nextStep(conclusion, training, MARKDOWN)),
  toBeJudgedLine,
];

/** The largest summary that GitHub takes is 1 MiB; a larger one is dropped whole (docs/internals/github.md#limits). */
const REPORT: Form = {
  mark: '##',
  mostRows: 500,
  maxBytes: 1_000_000,
  judged: [
    metricsLine,
    trainingsSection,
    passedOverLine,
    nextStepSection,
    changesFirst,
    rulesSection,
    judgedClassesSection,
    picksSection,
    weightsSection,
    starsSection,
    tradeOffSection,
    historySection,
    modelsSection,
    comparisonSection,
    changesLast,
    otherClassesSection,
    confusionsSection,
    judgedTrainingSection,
  ],
  unjudged: [...UNJUDGED, unjudgedTrainingSection],
};

/** GitHub refuses comments of more than 65,536 characters (docs/internals/github.md#limits); what the writer adds has its room. */
const COMMENT: Form = {
  mark: '###',
  mostRows: 20,
  maxBytes: 65_000,
  judged: [
    passedOverLine,
    nextStepSection,
    changesFirst,
    trainingsSection,
    rulesTable,
    picksTable,
    weightsSection,
    historyLine,
  ],
  unjudged: UNJUDGED,
};

/** The report for the job summary: the verdict, what to do, then what it rests on. Long tables leave out whole rows. */
export function renderReport(conclusion: Conclusion, training: TrainingFacts | undefined): string {
  return rendered(REPORT, conclusion, training, 'the results file', []);
}

/** Where a comment comes from. */
export interface CommentOrigin {
  readonly runUrl: string | undefined;
  readonly sha: string | undefined;
}

/** The pull request comment: the report without pictures, models and facts, with the links to the rest. */
export function renderComment(
  conclusion: Conclusion,
  training: TrainingFacts | undefined,
  { runUrl, sha }: CommentOrigin,
): string {
  const wholeAt = runUrl === undefined ? 'the job summary' : `[the job summary](${runUrl})`;
  return rendered(COMMENT, conclusion, training, wholeAt, [
    ...(runUrl === undefined ? [] : [`[**full report**](${runUrl})`]),
    ...(sha === undefined ? [] : [`\`${sha.slice(0, 7)}\``]),
  ]);
}

function rendered(
  form: Form,
  conclusion: Conclusion,
  training: TrainingFacts | undefined,
  wholeAt: string,
  origin: readonly string[],
): string {
  const blocks = (mostRows: number) => {
    const { where, sections } = partsOf(form, conclusion, { training, wholeAt, mostRows });
    return [
      `${form.mark} ${headingWords(conclusion, training, MARKDOWN)}`,
      ...whereLine([...where, ...origin]),
      ...sections,
    ];
  };
  return fitted(blocks, form.mostRows, form.maxBytes);
}

function partsOf(form: Form, conclusion: Conclusion, page: Page) {
  if (conclusion.kind === 'judged') {
    const whole = judgedPage(conclusion, page);
    const sections = form.judged.flatMap((section) => section(whole));
    return { where: judgedWhere(whole), sections };
  }
  const where =
    conclusion.kind === 'checked' ? checkedWhere(conclusion) : unjudgedWhere(conclusion, page.training);
  const sections = form.unjudged.flatMap((section) => section(conclusion, page));
  return { where, sections };
}

function nextStepLine(words: string | undefined): readonly string[] {
  return words === undefined ? [] : [`👉 ${words}`];
}
