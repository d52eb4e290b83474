import { labelOf } from '../../gate/metric.ts';
import type { Model } from '../../gate/model.ts';
import { sameHardware } from '../../gate/model.ts';
import { type MissingPick, type PickResult, unjudgedTargets } from '../../gate/picks.ts';
import { type Column, left, right, table } from '../markdown/table.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import { idInTable, type JudgedPage } from '../page/page.ts';
import { boundsOn } from '../words/bounds.ts';
import { NBSP, shown, withUnit } from '../words/numbers.ts';
import { bindingRules } from '../words/verdict.ts';
import { unjudgedWords } from '../words/words.ts';

interface Row {
  readonly hardware: string;
  readonly model: Model | undefined;
  readonly latencyMs: number | undefined;
  readonly remark: string;
}

/** The model to ship to each hardware; below a pick that is too slow, the one that would not be. */
export function picksSection(page: JudgedPage): readonly string[] {
  const rows = picksTable(page);
  return rows.length === 0 ? [] : ['### Best model per hardware', ...rows];
}

/** The table alone, for the comment. */
export function picksTable(page: JudgedPage): readonly string[] {
  const { judged, metric } = page;
  const { picks } = judged.verdict;
  // Nothing was measured anywhere: the heading says so.
  if (picks.every((pick) => pick.kind === 'missing' && pick.measured.length === 0)) return [];
  const value = ({ model }: Row) =>
    metric === undefined || model === undefined
      ? ''
      : shown(model.metrics.get(metric), metric, boundsOn(judged.verdict, model.id, metric));
  const latency = ({ model, latencyMs }: Row) =>
    latencyMs === undefined
      ? ''
      : shown(latencyMs, 'latency', boundsOn(judged.verdict, model?.id ?? '', 'latency'));
  const columns: readonly Column<Row>[] = [
    left('Hardware', ({ hardware }) => hardware),
    right(metric === undefined ? '' : labelOf(metric), value),
    right('Latency', latency),
    left('Model', ({ model, remark }) => `${model === undefined ? '' : idInTable(model.id, page)}${remark}`),
  ];
  const items = picks.flatMap((result) => [rowOf(result, page), ...offeredRow(result, page)]);
  const rules = judged.verdict.rules.map(({ rule }) => rule);
  const picked = picks.flatMap((each) => (each.kind === 'pick' ? each : []));
  const unjudged = judged.targetsGiven ? unjudgedTargets(rules, picked) : [];
  return [...table({ items, columns, noun: 'hardware targets' }, page), ...unjudgedLine(unjudged)];
}

/** A warning of models that ship, whatever they are like. */
export function unjudgedLine(targets: readonly string[] = []): readonly string[] {
  return targets.length === 0 ? [] : [`⚠️ ${unjudgedWords(targets, MARKDOWN)}`];
}

function rowOf(result: PickResult, { judged }: JudgedPage): Row {
  if (result.kind === 'missing') {
    const name = targetWords(result.hardware, result.budgetMs);
    const icon = result.reason === 'over-budget' ? '❌' : '⚠️';
    const hardware = judged.targetsGiven ? `${icon} ${name}` : name;
    return { hardware, model: undefined, latencyMs: undefined, remark: whyNone(result) };
  }
  const { hardware, model, latencyMs, budgetMs, source } = result;
  const isBroken = bindingRules(judged).some(
    ({ rule, state }) =>
      state === 'broken' && rule.hardware !== undefined && sameHardware(rule.hardware, hardware),
  );
  return {
    hardware: `${isBroken ? '❌ ' : ''}${targetWords(hardware, budgetMs)}`,
    model,
    latencyMs,
    remark: source === 'recommended' ? ', recommended by Roboflow' : '',
  };
}

function whyNone(missing: MissingPick): string {
  switch (missing.reason) {
    case 'over-budget':
      return `none is fast enough, the fastest takes ${shown(missing.fastestMs, 'latency', [missing.budgetMs])}`;
    case 'not-measured':
      return 'none was measured';
    case 'no-metric':
      return 'none reports a metric';
  }
}

function targetWords(hardware: string, budgetMs: number | undefined): string {
  const budget = budgetMs === undefined ? '' : `, ≤${NBSP}${withUnit(String(budgetMs), 'latency')}`;
  return `${MARKDOWN.name(hardware)}${budget}`;
}

/** What would be picked if the workflow did as the next step says. */
function offeredRow(result: PickResult, { judged }: JudgedPage): readonly Row[] {
  const { offer } = judged.verdict;
  if (offer === undefined || !sameHardware(offer.pick.hardware, result.hardware)) return [];
  const { pick, budgetMs } = offer;
  const within = `↳ within ${withUnit(String(budgetMs), 'latency')}`;
  return [{ hardware: within, model: pick.model, latencyMs: pick.latencyMs, remark: '' }];
}
