import { missingPickReason, type Verdict } from '../gate/decide.ts';
import { ACCURACY_METRICS, labelOf } from '../gate/metric.ts';
import { rankingMetric } from '../gate/rank.ts';
import { formatTarget } from '../gate/rules.ts';
import type { Conclusion, Judged, RunFacts } from './conclusion.ts';
import { code, type ListRoom, LONGEST_PHRASE, list, prose } from './markdown.ts';
import { differenceFrom, shown } from './numbers.ts';
import { baselineModel, reasonsAgainst, warningsOf } from './sentence.ts';

/** The first line of the report: the verdict, in words that need nothing else. */
export function headline(conclusion: Conclusion): string {
  switch (conclusion.kind) {
    case 'started':
      return '## ⏳ Started: the training runs on, and nothing is judged yet';
    case 'skipped':
      return `## ⏭️ Skipped: ${prose(conclusion.reason, LONGEST_PHRASE)}`;
    case 'undecided':
      return `## ⚠️ Undecided: ${prose(conclusion.reason, LONGEST_PHRASE)}`;
    case 'judged':
      return judgedHeadline(conclusion);
  }
}

function judgedHeadline(judged: Judged): string {
  const { verdict } = judged;
  const rules = verdict.rules.filter(({ rule }) => rule.severity === 'fail');
  const broken = rules.filter(({ state }) => state === 'broken').length;
  switch (verdict.outcome) {
    case 'passed':
      return rules.length === 0
        ? '## ✅ Passed: the training succeeded'
        : `## ✅ Passed: ${rulesThat(true, rules.length, rules.length)}`;
    case 'failed':
      return `## ❌ Failed: ${broken > 0 ? rulesThat(false, broken, rules.length) : prose(firstMissingPick(verdict), LONGEST_PHRASE)}`;
    case 'undecided':
      return `## ⚠️ Undecided: ${prose(notJudged(verdict), LONGEST_PHRASE)}`;
  }
}

/** `2 of 3 rules do not hold`, `the rule holds`. */
function rulesThat(hold: boolean, count: number, all: number): string {
  if (all === 1) return hold ? 'the rule holds' : 'the rule does not hold';
  return `${count} of ${all} rules ${hold ? 'hold' : count === 1 ? 'does not hold' : 'do not hold'}`;
}

function notJudged(verdict: Verdict): string {
  const unknown = verdict.rules.filter(({ rule, state }) => rule.severity === 'fail' && state === 'unknown');
  const [first] = unknown;
  if (first === undefined) return firstMissingPick(verdict);
  return unknown.length === 1
    ? `${formatTarget(first.rule)} cannot be judged`
    : `${unknown.length} rules cannot be judged`;
}

function firstMissingPick({ picks }: Verdict): string {
  const missing = picks.flatMap((pick) => (pick.kind === 'missing' ? [missingPickReason(pick)] : []));
  return missing[0] ?? 'no model for some hardware';
}

/** More reasons than this are not read here anyway; the rules and the log have them all. */
const MOST_REASONS = 10;
const MOST_DETAILS = 30;

/** What follows the verdict: the figures that matter, and why it is not a pass, in at most `maxBytes` of reasons. */
export function opening(
  conclusion: Conclusion,
  run: RunFacts | undefined,
  maxBytes: number,
): readonly string[] {
  if (conclusion.kind === 'undecided') {
    const { details, next } = conclusion;
    const room = { most: MOST_DETAILS, maxBytes, where: 'all in the log' };
    return [...listed(details, room), ...(next === undefined ? [] : [prose(next)])];
  }
  if (conclusion.kind === 'started' && run)
    return [`To judge it later, run this action again with \`job-id\` set to ${code(run.jobId)}.`];
  if (conclusion.kind !== 'judged') return [];
  const warnings = warningsOf(conclusion).map((warning) => `only a warning: ${warning}`);
  const room = { most: MOST_REASONS, maxBytes, where: 'all in the tables below' };
  return [bestModel(conclusion), ...listed([...reasonsAgainst(conclusion), ...warnings], room)];
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
  const model = judged.verdict.headline;
  if (!model) return 'No finished model reported a metric.';
  const figures = ACCURACY_METRICS.filter((metric) => model.metrics.has(metric)).slice(0, MOST_FIGURES);
  const values = figures
    .map((metric) => `**${labelOf(metric)} ${shown(model.metrics.get(metric), metric)}**`)
    .join(', ');
  return `${values} with ${code(model.id)}, the most accurate model of this run${againstBaseline(judged)}.`;
}

function againstBaseline(judged: Judged): string {
  const { verdict, baseline, models } = judged;
  const metric = rankingMetric(models);
  const before = baselineModel(judged);
  const value = metric && verdict.headline?.metrics.get(metric);
  const base = metric && before?.metrics.get(metric);
  if (baseline.kind !== 'run' || metric === undefined || value === undefined || base === undefined) return '';
  return `; ${labelOf(metric)} ${differenceFrom(value, base, metric)} against version ${baseline.version}`;
}
