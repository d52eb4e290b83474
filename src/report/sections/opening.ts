import { ACCURACY_METRICS, labelOf } from '../../gate/metric.ts';
import { headlineMetric } from '../../gate/rank.ts';
import { baselineModel, type Conclusion, type Judged, type TrainingFacts } from '../conclusion.ts';
import { boundsOn } from '../text/bounds.ts';
import { code, type ListRoom, list, prose } from '../text/markdown.ts';
import { differenceFrom, ROUNDED, shown } from '../text/numbers.ts';
import { reasonsAgainst, warningsOf } from '../text/reasons.ts';
import { onlyReason } from '../text/verdict-line.ts';

/** More reasons than this are not read here anyway; the rules and the log have them all. */
const MOST_REASONS = 10;
const MOST_DETAILS = 30;

/** What follows the verdict: why it is not a pass, in at most `maxBytes`, and the figures that matter. */
export function opening(
  conclusion: Conclusion,
  run: TrainingFacts | undefined,
  maxBytes: number,
): readonly string[] {
  switch (conclusion.kind) {
    case 'undecided': {
      const { details, next } = conclusion;
      const room = { most: MOST_DETAILS, maxBytes, where: 'all in the log' };
      return [...listed(details, room), ...(next === undefined ? [] : [prose(next)])];
    }
    case 'started':
      return run
        ? [`To judge it later, run this action again with \`job-id\` set to ${code(run.jobId)}.`]
        : [];
    case 'skipped':
      return [];
    case 'judged': {
      const room = { most: MOST_REASONS, maxBytes, where: 'all in the tables below' };
      // What the verdict itself says is not said again.
      const reasons = onlyReason(conclusion) === undefined ? reasonsAgainst(conclusion, ROUNDED) : [];
      const warnings = warningsOf(conclusion, ROUNDED).map((warning) => `only a warning: ${warning}`);
      const parts = [...listed([...reasons, ...warnings], room)];
      return conclusion.verdict.outcome === 'passed'
        ? [bestModel(conclusion), ...parts]
        : [...parts, bestModel(conclusion)];
    }
  }
}

function listed(lines: readonly string[], room: ListRoom): readonly string[] {
  return lines.length === 0
    ? []
    : [
        list(
          lines.map((line) => prose(line)),
          room,
        ),
      ];
}

const MOST_FIGURES = 2;

function bestModel(judged: Judged): string {
  const { verdict } = judged;
  const model = verdict.headline;
  if (!model) return 'No finished model reported a metric.';
  const figures = ACCURACY_METRICS.filter((metric) => model.metrics.has(metric)).slice(0, MOST_FIGURES);
  const values = figures
    .map(
      (metric) =>
        `**${labelOf(metric)} ${shown(model.metrics.get(metric), metric, boundsOn(verdict, model.id, metric))}**`,
    )
    .join(', ');
  const among = judged.models.length === 1 ? '' : ', the most accurate model of this run';
  return `${values} with ${code(model.id)}${among}${againstBaseline(judged)}.`;
}

function againstBaseline(judged: Judged): string {
  const { verdict, baseline, models } = judged;
  const metric = headlineMetric(models);
  const before = baselineModel(judged);
  const value = metric && verdict.headline?.metrics.get(metric);
  const base = metric && before?.metrics.get(metric);
  if (baseline.kind !== 'training' || metric === undefined || value === undefined || base === undefined)
    return '';
  return `; ${labelOf(metric)} ${differenceFrom(value, base, metric)} against version ${baseline.version}`;
}
