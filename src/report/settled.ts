import type { GateOutcome } from '../gate/decide.ts';
import type { Conclusion } from './conclusion.ts';
import { code, folded, prose, sizeBytes } from './markdown/markdown.ts';
import { type Column, left, table } from './markdown/table.ts';
import { MARKDOWN } from './markdown/voice.ts';
import { renderReport } from './report.ts';
import type { TrainingFacts } from './training-facts.ts';
import { headingWords } from './words/heading.ts';
import { count, NBSP, NONE } from './words/numbers.ts';

/** A commit status that was pending when settle began, and what became of it. */
export interface SettledStatus {
  readonly sha: string;
  readonly context: string;
  readonly pullRequests: readonly number[];
  readonly training: StatusTraining | undefined;
  readonly became: SettledAs;
}

interface StatusTraining {
  readonly version: number | undefined;
  readonly modelType: string | undefined;
  readonly jobId: string | undefined;
  /** Its page on Roboflow; made by us. */
  readonly url: string;
}

/** What became of a status. */
export type SettledAs =
  /** `words`: what the status says now. */
  | {
      readonly kind: 'settled';
      readonly state: 'success' | 'failure' | 'error';
      readonly conclusion: Conclusion;
      readonly facts: TrainingFacts | undefined;
      readonly words: string;
    }
  /** It stays pending. `words`: where the training stands; why it is not taken for ours; what went wrong. */
  | { readonly kind: 'left'; readonly words: string }
  | { readonly kind: 'ignored'; readonly words: string }
  | { readonly kind: 'trouble'; readonly words: string }
  /** A newer status stands there now, and stays. */
  | { readonly kind: 'replaced'; readonly isPending: boolean; readonly words: string };

export type Kind<Name extends SettledAs['kind']> = SettledStatus & {
  readonly became: Extract<SettledAs, { kind: Name }>;
};

/** Those of one kind. */
export function ofKind<Name extends SettledAs['kind']>(
  statuses: readonly SettledStatus[],
  kind: Name,
): readonly Kind<Name>[] {
  return statuses.filter((status): status is Kind<Name> => status.became.kind === kind);
}

/** A larger summary than 1 MiB is dropped whole (docs/internals/github.md#limits). */
const SUMMARY_MAX_BYTES = 1_000_000;
const MOST_ROWS = 500;
const PAGE = { mostRows: MOST_ROWS, wholeAt: 'the log' };

/** The summary of the settling step: what was settled and what is left, and the report of each verdict, folded away. */
export function renderSettled(statuses: readonly SettledStatus[]): string {
  const order = (['settled', 'trouble', 'left', 'ignored', 'replaced'] as const).flatMap((kind) =>
    ofKind(statuses, kind),
  );
  const blocks = [
    `## ${settledHeading(statuses)}`,
    ...table({ items: order, columns: COLUMNS, noun: 'statuses' }, PAGE),
  ];
  return `${withReports(blocks, ofKind(statuses, 'settled')).join('\n\n')}\n`;
}

const COLUMNS: readonly Column<SettledStatus>[] = [
  left('Commit', ({ sha }) => code(sha.slice(0, 7))),
  left('Pull request', ({ pullRequests }) => pullRequestCell(pullRequests)),
  left('Status', ({ context }) => code(context)),
  left('Training', trainingCell),
  left('What became of it', becameCell),
];

/** `✅ Settled: 2 passed, 1 failed; 3 left pending`: the first line, as Markdown and as plain text. */
export function settledHeading(statuses: readonly SettledStatus[]): string {
  if (statuses.length === 0) return '✅ Nothing is pending';
  const said = (number: number, words: string) => (number === 0 ? [] : [`${count(number)} ${words}`]);
  const outcomes = ofKind(statuses, 'settled').map(({ became }) => outcomeIn(became.conclusion));
  const numberOf = (outcome: GateOutcome) => outcomes.filter((each) => each === outcome).length;
  const newer = ofKind(statuses, 'replaced').filter(({ became }) => became.isPending).length;
  const trouble = ofKind(statuses, 'trouble').length;
  const verdicts = [
    ...said(numberOf('passed'), 'passed'),
    ...said(numberOf('failed'), 'failed'),
    ...said(numberOf('undecided'), 'not judged'),
  ].join(', ');
  const parts = [
    verdicts || 'nothing',
    ...said(ofKind(statuses, 'left').length + newer, 'left pending'),
    ...said(ofKind(statuses, 'ignored').length, 'left alone'),
    ...said(trouble, 'could not be settled'),
  ];
  const isUnsure = trouble > 0 || outcomes.includes('undecided');
  const usual = isUnsure ? '⚠️' : outcomes.length > 0 ? '✅' : '⏳';
  return `${outcomes.includes('failed') ? '❌' : usual} Settled: ${parts.join('; ')}`;
}

/** What the gate says, whatever becomes of the build by it. */
export function outcomeIn(conclusion: Conclusion): GateOutcome {
  return conclusion.kind === 'judged' ? conclusion.verdict.outcome : 'undecided';
}

function pullRequestCell(numbers: readonly number[]): string {
  return numbers.length === 0 ? NONE : numbers.map((number) => `#${number}`).join(', ');
}

function trainingCell({ training }: SettledStatus): string {
  if (training === undefined) return NONE;
  const { modelType, version, url } = training;
  const type = modelType === undefined ? 'a training' : MARKDOWN.name(modelType);
  return `[${type}${version === undefined ? '' : `, version${NBSP}${version}`}](${url})`;
}

const BECAME = {
  trouble: '⚠️ Could not be settled, and stays pending:',
  left: '⏳ Left pending:',
  ignored: '✋ Left alone, and pending:',
  replaced: '⏭️ A newer status stands there now, and stays:',
} as const;

function becameCell({ became }: SettledStatus): string {
  return became.kind === 'settled' ? verdictCell(became) : `${BECAME[became.kind]} ${prose(became.words)}`;
}

function verdictCell({ conclusion, facts, state }: Kind<'settled'>['became']): string {
  const isLetThrough =
    state === 'success' && conclusion.kind === 'judged' && conclusion.verdict.outcome === 'failed';
  return `${headingWords(conclusion, facts, MARKDOWN)}${isLetThrough ? ' (not enforced)' : ''}`;
}

/** As many reports as there is room for; how many are left out is said. One training has one report. */
function withReports(blocks: readonly string[], settled: readonly Kind<'settled'>[]): readonly string[] {
  const reports = [...new Map(settled.map((status) => [status.became.conclusion, status])).values()];
  let sizeSoFar = sizeBytes(blocks.join('\n\n'));
  const shown: string[] = [];
  for (const { sha, training, became } of reports) {
    const title = `Report of ${prose(training?.modelType ?? 'the training')} for ${sha.slice(0, 7)}`;
    const block = folded(title, renderReport(became.conclusion, became.facts).trimEnd());
    sizeSoFar += sizeBytes(block) + 2;
    if (sizeSoFar > SUMMARY_MAX_BYTES) break;
    shown.push(block);
  }
  const leftOut = reports.length - shown.length;
  const told = leftOut === 0 ? [] : [`Left out here: ${count(leftOut)} of ${count(reports.length)} reports.`];
  return [...blocks, ...shown, ...told];
}
