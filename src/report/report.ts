import { formatDuration } from '../duration.ts';
import { missingPickReason, type RuleResult, type Verdict } from '../gate/decide.ts';
import { ACCURACY_METRICS, type AccuracyMetric, labelOf } from '../gate/metric.ts';
import { latencyOn, type Model, measuredHardware } from '../gate/model.ts';
import { ranked, rankingMetric } from '../gate/rank.ts';
import { formatBound } from '../gate/rules.ts';
import { code, folded, prose, table } from './markdown.ts';
import { NONE, shown } from './numbers.ts';
import { reasonsAgainst } from './sentence.ts';

/** What is known of a run, whatever became of it. */
export interface RunFacts {
  readonly workspace: string;
  readonly project: string;
  readonly version: number | undefined;
  readonly jobId: string | undefined;
  readonly trainingId: string | undefined;
  readonly modelType: string | undefined;
  /** The API's word for where it stands. */
  readonly status: string | undefined;
  readonly origin: 'started' | 'attached' | undefined;
  /** From its creation until it was seen training; undefined where that was not seen. */
  readonly queuedMs: number | undefined;
  readonly trainedMs: number | undefined;
  /** Its page on Roboflow; made by us. */
  readonly url: string | undefined;
  /** Which of the API's answers the metrics are from. */
  readonly source: string | undefined;
}

/** How the step ends. */
export type Conclusion =
  | {
      readonly kind: 'judged';
      readonly verdict: Verdict;
      readonly models: readonly Model[];
      readonly targetsAsked: boolean;
    }
  | { readonly kind: 'undecided'; readonly reason: string; readonly next: string | undefined }
  | { readonly kind: 'started' }
  | { readonly kind: 'skipped'; readonly reason: string };

/** The largest summary that GitHub takes is 1 MiB; a larger one is dropped whole (platform reference, section 3). */
export const SUMMARY_MAX_BYTES = 1_000_000;

const MODELS_IN_SIGHT = 10;

/** Renders the report, at most `maxBytes` in UTF-8: whole rows are left out to keep that, and the report says how many. */
export function renderReport(
  conclusion: Conclusion,
  run: RunFacts | undefined,
  maxBytes = SUMMARY_MAX_BYTES,
): string {
  const head = [headline(conclusion), ...openingLines(conclusion, run)];
  const facts = run === undefined ? [] : [runSection(run, conclusion)];
  if (conclusion.kind !== 'judged') return `${[...head, ...facts].join('\n\n')}\n`;
  const { verdict, models } = conclusion;
  const share = Math.floor(maxBytes / 6);
  const sections = [
    ...rulesSection(verdict.rules, share),
    ...picksSection(verdict, models, share),
    ...modelsSection(models, verdict.headline, 3 * share),
    ...facts,
    ...unreadableSection(models),
  ];
  return `${[...head, ...sections].join('\n\n')}\n`;
}

function headline(conclusion: Conclusion): string {
  switch (conclusion.kind) {
    case 'started':
      return '## Started: the training runs on, and this step does not wait for it';
    case 'skipped':
      return `## Skipped: ${conclusion.reason}`;
    case 'undecided':
      return `## :warning: Undecided: ${prose(conclusion.reason)}`;
    case 'judged':
      return judgedHeadline(conclusion.verdict, conclusion.targetsAsked);
  }
}

function judgedHeadline(verdict: Verdict, targetsAsked: boolean): string {
  const binding = verdict.rules.filter(({ rule }) => rule.severity === 'fail');
  switch (verdict.outcome) {
    case 'passed':
      return `## :white_check_mark: Passed${binding.length > 0 ? `: ${ofRules(binding.length, binding.length)}` : ''}`;
    case 'failed': {
      const broken = binding.filter(({ state }) => state === 'broken').length;
      return `## :x: Failed: ${broken > 0 ? ofRules(broken, binding.length) : prose(reasonsAgainst(verdict, targetsAsked)[0] ?? '')}`;
    }
    case 'undecided':
      return `## :warning: Undecided: ${prose(reasonsAgainst(verdict, targetsAsked).join('; '))}`;
  }
}

function ofRules(count: number, all: number): string {
  return count === all ? (all === 1 ? 'the one rule' : `all ${all} rules`) : `${count} of ${all} rules`;
}

function openingLines(conclusion: Conclusion, run: RunFacts | undefined): readonly string[] {
  if (conclusion.kind === 'undecided' && conclusion.next !== undefined) return [prose(conclusion.next)];
  if (conclusion.kind !== 'judged' || !run) return [];
  const { headline: model, outcome } = conclusion.verdict;
  if (!model) return ['No finished model reported a metric.'];
  const values = ACCURACY_METRICS.filter((metric) => model.metrics.has(metric))
    .slice(0, 2)
    .map((metric) => `**${labelOf(metric)} ${shown(model.metrics.get(metric), metric)}**`);
  const against = outcome === 'failed' ? reasonsAgainst(conclusion.verdict, conclusion.targetsAsked) : [];
  return [
    `${values.join(', ')} with ${code(model.id)}, the most accurate model of this run.`,
    ...(against.length > 0 ? [against.map((reason) => `- ${prose(reason)}`).join('\n')] : []),
  ];
}

const RULE_STATES: Readonly<Record<RuleResult['state'], string>> = {
  holds: 'holds',
  broken: '**broken**',
  unknown: '**not reported**',
};

function rulesSection(results: readonly RuleResult[], maxBytes: number): readonly string[] {
  if (results.length === 0) return [];
  const rows = results.map((result) => {
    const { rule } = result;
    const name = `${rule.severity === 'warn' ? 'warn: ' : ''}${labelOf(rule.metric)}${rule.hardware === undefined ? '' : ` on ${code(rule.hardware)}`}`;
    const wanted = `${rule.comparison.replaceAll('<', '&lt;').replaceAll('>', '&gt;')} ${formatBound(rule)}`;
    if (result.state === 'unknown')
      return [name, wanted, NONE, NONE, RULE_STATES.unknown, prose(result.reason)];
    const margin = `${result.margin < 0 ? '-' : '+'}${shown(Math.abs(result.margin), rule.metric)}`;
    return [name, wanted, telling(result), margin, RULE_STATES[result.state], code(result.modelId)];
  });
  const { text, leftOut } = table(
    ['Rule', 'Wanted', 'Value', 'Margin', 'Result', 'Model'],
    rows,
    ['l', 'l', 'r', 'r', 'l', 'l'],
    maxBytes,
  );
  return ['### Rules', text, ...leftOutLine(leftOut, 'rules')];
}

/** The value for people, but exact where rounding would put it on the other side of the bound. */
function telling({ value, bound, rule }: Extract<RuleResult, { state: 'holds' | 'broken' }>): string {
  const short = shown(value, rule.metric);
  return value !== bound && short === shown(bound, rule.metric) ? String(value) : short;
}

function picksSection(verdict: Verdict, models: readonly Model[], maxBytes: number): readonly string[] {
  if (verdict.picks.length === 0) return [];
  const metrics = reportedMetrics(models).slice(0, 2);
  const rows = verdict.picks.map((result) => {
    if (result.kind === 'missing')
      return [
        code(result.hardware),
        '**none**',
        ...metrics.map(() => NONE),
        NONE,
        prose(missingPickReason(result)),
      ];
    const { pick } = result;
    return [
      code(pick.hardware),
      code(pick.model.id),
      ...metrics.map((metric) => shown(pick.model.metrics.get(metric), metric)),
      shown(pick.latencyMs, 'latency'),
      sourceWords(pick.source, pick.budgetMs),
    ];
  });
  const { text, leftOut } = table(
    ['Hardware', 'Model', ...metrics.map(labelOf), 'Latency', 'Why this one'],
    rows,
    ['l', 'l', ...metrics.map(() => 'r' as const), 'r', 'l'],
    maxBytes,
  );
  return ['### Best model per hardware', text, ...leftOutLine(leftOut, 'hardware targets')];
}

function sourceWords(
  source: 'budget' | 'recommended' | 'most-accurate',
  budgetMs: number | undefined,
): string {
  switch (source) {
    case 'budget':
      return `budget: most accurate within ${budgetMs} ms`;
    case 'recommended':
      return 'recommended: by Roboflow';
    case 'most-accurate':
      return 'most-accurate: of those measured there';
  }
}

const MOST_HARDWARE_COLUMNS = 4;

function modelsSection(
  models: readonly Model[],
  best: Model | undefined,
  maxBytes: number,
): readonly string[] {
  if (models.length === 0) return [];
  const metrics = reportedMetrics(models);
  const hardware = measuredHardware(models).slice(0, MOST_HARDWARE_COLUMNS);

  const order = ranked(models);
  const placed = new Set(order);
  const inOrder = [...order, ...models.filter((model) => !placed.has(model))];
  const rows = inOrder.map((model) => [
    code(model.id),
    model.type === undefined ? NONE : code(model.type),
    ...metrics.map((metric) => shown(model.metrics.get(metric), metric)),
    ...hardware.map((name) => shown(latencyOn(model, name), 'latency')),
    noteOn(model, best),
  ]);
  const header = [
    'Model',
    'Type',
    ...metrics.map(labelOf),
    ...hardware.map((name) => `Latency on ${code(name)}`),
    'Note',
  ];
  const align = ['l', 'l', ...metrics.map(() => 'r'), ...hardware.map(() => 'r'), 'l'].map((letter) =>
    letter === 'r' ? 'r' : 'l',
  );
  const inSight = table(header, rows.slice(0, MODELS_IN_SIGHT), align, maxBytes);
  const rest = rows.slice(MODELS_IN_SIGHT);
  const sections = ['### Models', inSight.text, ...leftOutLine(inSight.leftOut, 'models')];
  if (rest.length === 0 || inSight.leftOut > 0) return sections;
  const more = table(header, rest, align, maxBytes - inSight.text.length);
  return [
    ...sections,
    folded(
      `${rest.length - more.leftOut} more models`,
      [more.text, ...leftOutLine(more.leftOut, 'models')].join('\n\n'),
    ),
  ];
}

function noteOn(model: Model, best: Model | undefined): string {
  if (model.id === best?.id) return 'headline';
  if (model.family === 'baseline') return 'baseline, for reference';
  return model.finished ? '' : 'did not finish';
}

/** The metrics that any of `models` reports, in the order in which they rank. */
function reportedMetrics(models: readonly Model[]): readonly AccuracyMetric[] {
  const best = rankingMetric(models);
  const others = ACCURACY_METRICS.filter(
    (metric) => metric !== best && models.some((model) => model.metrics.has(metric)),
  );
  return best === undefined ? others : [best, ...others];
}

function leftOutLine(count: number, what: string): readonly string[] {
  return count === 0
    ? []
    : [
        `${count} ${what} more are left out here, to keep to GitHub's size limit; all are in the results file.`,
      ];
}

function runSection(run: RunFacts, conclusion: Conclusion): string {
  const origin = {
    started: 'started by this step',
    attached: 'attached to; it was running or finished before',
  };
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Project', code(`${run.workspace}/${run.project}`)],
    ['Version', run.version === undefined ? undefined : String(run.version)],
    ['Model type', run.modelType && code(run.modelType)],
    ['Training', run.jobId && code(run.jobId)],
    ['Status', run.status && code(run.status)],
    ['Origin', run.origin && origin[run.origin]],
    ['Queued', run.queuedMs === undefined ? undefined : formatDuration(run.queuedMs)],
    ['Trained', run.trainedMs === undefined ? undefined : formatDuration(run.trainedMs)],
    ['Metrics from', conclusion.kind === 'judged' ? run.source && prose(run.source) : undefined],
    ['On Roboflow', run.url && `[open the run](${run.url})`],
  ];
  const rows = facts.flatMap(([name, value]) => (value ? [[name, value]] : []));
  return `### Run\n\n${table(['', ''], rows, ['l', 'l'], SUMMARY_MAX_BYTES).text}`;
}

const MOST_UNREADABLE = 10;

/** Values that came in a form nothing can be judged by, as they came. */
function unreadableSection(models: readonly Model[]): readonly string[] {
  const values = models.flatMap(({ id, unreadable }) => unreadable.map((value) => ({ id, ...value })));
  if (values.length === 0) return [];
  const lines = values
    .slice(0, MOST_UNREADABLE)
    .map(({ id, name, raw }) => `- ${code(id)}: ${code(name)} came as ${code(raw)}`);
  const more = values.length > MOST_UNREADABLE ? [`- and ${values.length - MOST_UNREADABLE} more`] : [];
  return [`### Taken as not reported\n\n${[...lines, ...more].join('\n')}`];
}
