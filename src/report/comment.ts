import type { AccuracyMetric } from '../gate/metric.ts';
import { labelOf } from '../gate/metric.ts';
import type { Rule } from '../gate/rules.ts';
import type { Conclusion, Judged, TrainingFacts } from './conclusion.ts';
import { nextStepLine } from './report.ts';
import { checkedSections } from './sections/checked.ts';
import { historyLine } from './sections/history.ts';
import { judgedNextStep, nextStep } from './sections/next-step.ts';
import { picksTable } from './sections/picks.ts';
import { reasonLines, rulesLine, toBeJudgedLine } from './sections/reason.ts';
import { rulesTable } from './sections/rules.ts';
import { trainingsTable, undecidedTrainings } from './sections/trainings.ts';
import { weightsSection } from './sections/weights.ts';
import {
  checkedWhere,
  earlierWords,
  judgedWhere,
  placeWords,
  unjudgedWhere,
  whereLine,
} from './sections/where.ts';
import { fitted } from './text/fit.ts';
import { headingWords, judgedHeadingWords } from './text/heading.ts';
import { duration, NBSP, shown } from './text/numbers.ts';
import { judgedPage, type Page } from './text/page.ts';
import { MARKDOWN } from './text/voice.ts';

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

/** How far a training is, as far as Roboflow says. */
export interface UnderWay {
  /** Since it was started or attached to. */
  readonly sinceMs: number;
  /** 0 to 1. */
  readonly progress: number | undefined;
  readonly epoch?: { readonly now: number; readonly of: number } | undefined;
  readonly soFar?: { readonly metric: AccuracyMetric; readonly value: number } | undefined;
  /** Time of day of the last look, `14:32`, in UTC. */
  readonly asOf: string | undefined;
  readonly rules: readonly Rule[];
}

const BAR_LENGTH = 20;

/** The comment while the training is under way. */
export function renderUnderWay(
  underWay: UnderWay,
  training: TrainingFacts | undefined,
  origin: CommentOrigin,
): string {
  const { progress, asOf, sinceMs } = underWay;
  const place = training === undefined ? [] : placeWords(training);
  const usual = training === undefined ? [] : earlierWords(training);
  const time = [`${duration(sinceMs)} so far`, ...usual].join(', ');
  const heading = progressWords(underWay);
  const blocks = [
    `### ⏳ Training: ${heading ?? time}`,
    ...whereLine([...place, ...(heading === undefined ? [] : [time]), ...originWords(origin, 'this run')]),
    ...(progress === undefined ? [] : [barOf(progress, asOf)]),
    ...rulesLine('To be judged', underWay.rules),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function progressWords({ epoch, soFar, progress }: UnderWay): string | undefined {
  const parts = [
    ...(epoch === undefined ? [] : [`epoch${NBSP}${epoch.now} of ${epoch.of}`]),
    ...(soFar === undefined ? [] : [`${labelOf(soFar.metric)} so far ${shown(soFar.value, soFar.metric)}`]),
  ];
  if (parts.length > 0) return parts.join(', ');
  return progress === undefined ? undefined : percentWords(progress);
}

function percentWords(progress: number): string {
  return `${Math.floor(Math.min(1, Math.max(0, progress)) * 100)}${NBSP}%`;
}

/** In code, so that all its characters have one width. */
function barOf(progress: number, asOf: string | undefined): string {
  const full = Math.round(Math.min(1, Math.max(0, progress)) * BAR_LENGTH);
  const bar = `\`${'█'.repeat(full)}${'░'.repeat(BAR_LENGTH - full)}\``;
  return `${bar} ${percentWords(progress)}${asOf === undefined ? '' : `, as of ${asOf}${NBSP}UTC`}`;
}
