import type { Conclusion, Judged } from './conclusion.ts';
import { fitted } from './markdown/markdown.ts';
import { MARKDOWN } from './markdown/voice.ts';
import { type JudgedPage, judgedPage, type Page } from './page/page.ts';
import { checkedSections } from './sections/checked.ts';
import { judgedClassesSection, otherClassesSection } from './sections/classes.ts';
import { comparisonSection } from './sections/comparison.ts';
import { confusionsSection } from './sections/confusions.ts';
import { metricsLine, passedOverLine } from './sections/headline-metrics.ts';
import { historySection } from './sections/history-section.ts';
import { modelsSection } from './sections/models.ts';
import { judgedNextStep, nextStep } from './sections/next-step.ts';
import { picksSection } from './sections/picks-table.ts';
import { pictureSection, typesPicture } from './sections/picture.ts';
import { reasonLines, toBeJudgedLine } from './sections/reason.ts';
import { rulesSection } from './sections/rules-table.ts';
import { judgedTrainingSection, unjudgedTrainingSection } from './sections/training-details.ts';
import { trainingsSection, undecidedTrainings } from './sections/trainings-table.ts';
import { starsSection, weightsSection } from './sections/weights-and-star-lines.ts';
import { checkedWhere, judgedWhere, unjudgedWhere, whereLine } from './sections/where.ts';
import type { TrainingFacts } from './training-facts.ts';
import { headingWords, judgedHeadingWords } from './words/heading.ts';

/** The largest summary that GitHub takes is 1 MiB; a larger one is dropped whole (docs/github.md#limits). */
const SUMMARY_MAX_BYTES = 1_000_000;
/** Nobody reads more rows than this in one table. */
const MOST_ROWS = 500;

/** One part of the report of what was judged, as Markdown blocks; none if there is nothing to say. */
type Section = (page: JudgedPage) => readonly string[];

/** What stands below the next step, in the order in which people look for it. A new section is one line here. */
const SECTIONS: readonly Section[] = [
  typesPicture,
  rulesSection,
  judgedClassesSection,
  picksSection,
  weightsSection,
  starsSection,
  pictureSection,
  modelsSection,
  comparisonSection,
  otherClassesSection,
  confusionsSection,
  historySection,
  judgedTrainingSection,
];

/**
 * Renders the report for the job summary: the verdict first, then what to do, then what it rests on. A table that is too
 * long leaves out whole rows and says how many.
 */
export function renderReport(conclusion: Conclusion, training: TrainingFacts | undefined): string {
  return fitted(
    (mostRows) => blocksOf(conclusion, { training, wholeAt: 'the results file', mostRows }),
    MOST_ROWS,
    SUMMARY_MAX_BYTES,
  );
}

function blocksOf(conclusion: Conclusion, page: Page): readonly string[] {
  return conclusion.kind === 'judged' ? judgedBlocks(conclusion, page) : otherBlocks(conclusion, page);
}

function judgedBlocks(judged: Judged, page: Page): readonly string[] {
  const whole = judgedPage(judged, page);
  return [
    `## ${judgedHeadingWords(whole, MARKDOWN)}`,
    ...whereLine(judgedWhere(whole)),
    ...metricsLine(whole),
    ...trainingsSection(whole),
    ...passedOverLine(whole),
    ...nextStepLine(judgedNextStep(whole, MARKDOWN)),
    ...SECTIONS.flatMap((section) => section(whole)),
  ];
}

function otherBlocks(conclusion: Exclude<Conclusion, Judged>, page: Page): readonly string[] {
  const { training } = page;
  const where =
    conclusion.kind === 'checked' ? checkedWhere(conclusion) : unjudgedWhere(conclusion, training);
  return [
    `## ${headingWords(conclusion, MARKDOWN)}`,
    ...whereLine(where),
    ...(conclusion.kind === 'checked' ? checkedSections(conclusion, page) : []),
    ...undecidedTrainings(conclusion, page),
    ...(conclusion.kind === 'undecided' ? reasonLines(conclusion, page) : []),
    ...nextStepLine(nextStep(conclusion, training, MARKDOWN)),
    ...toBeJudgedLine(conclusion),
    ...unjudgedTrainingSection(conclusion, page),
  ];
}

/** The one thing to do next. */
export function nextStepLine(words: string | undefined): readonly string[] {
  return words === undefined ? [] : [`👉 ${words}`];
}
