import type { BudgetOffer } from '../../gate/budget-offer.ts';
import { type AccuracyMetric, labelOf, unitOf } from '../../gate/metric.ts';
import type { Voice } from '../markdown/voice.ts';
import type { JudgedPage } from '../page/page.ts';
import { shortened } from './names.ts';
import { distance, shown, withUnit } from './numbers.ts';
import { allRules, boundWords, metricInSentence, ruleInSentence } from './words.ts';

/** What an offer says: first in bold what there is, then how to get it and at which price. */
export function offerWords(offer: BudgetOffer, page: JudgedPage, voice: Voice): string {
  const { pick, budgetMs } = offer;
  const id = voice.code(shortened(pick.model.id, page.training));
  const line = voice.code(`${pick.hardware} <= ${budgetMs} ms`);
  return `${voice.bold(offered(offer, id, voice))} Write ${line} in ${voice.code('hardware')} to pick it: ${thenWords(offer, voice)}${priceWords(offer)}.`;
}

function offered(
  { aim, pick, budgetMs, rule, metric, value }: BudgetOffer,
  id: string,
  voice: Voice,
): string {
  const on = `on ${voice.name(pick.hardware)}`;
  const budget = withUnit(String(budgetMs), 'latency');
  const latency = pick.latencyMs === undefined ? '' : `, ${shown(pick.latencyMs, 'latency')}`;
  const best = `${labelOf(metric)} ${shown(value, metric)} with ${id}${latency}.`;
  if (aim === 'pick') return `The fastest model ${on}: ${best}`;
  if (aim === 'speed' || rule === undefined) return `Best within ${budget} ${on}: ${best}`;
  const wanted = `${labelOf(rule.rule.metric)} ${boundWords(rule.rule, rule.bound, rule.value)}`;
  return `${wanted} takes ${budget} ${on}: ${id} has ${shown(rule.value, rule.rule.metric, [rule.bound])}.`;
}

/** What the gate says of the rules after the change. */
function thenWords({ stillBroken, ruleCount }: BudgetOffer, voice: Voice): string {
  const [first, ...others] = stillBroken;
  if (ruleCount === 0) return 'the step passes then';
  if (first === undefined) return `${allRules(ruleCount)} ${ruleCount === 1 ? 'holds' : 'hold'} then`;
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  return `then ${ruleInSentence(first, voice)} does not hold${more}`;
}

function priceWords({ aim, metric, cost }: BudgetOffer): string {
  if (cost === undefined || aim !== 'speed' || cost < LEAST_COST) return '';
  return `, for ${costWords(cost, metric)} on that device`;
}

/** Less rounds to nothing. */
const LEAST_COST = 0.05;

function costWords(cost: number, metric: AccuracyMetric): string {
  const points = unitOf(metric) === 'percent' ? ' points of' : '';
  return `${distance(cost, metric)}${points} ${metricInSentence(metric)}`;
}
