import type { BudgetOffer } from '../../gate/budget-offer.ts';
import { labelOf } from '../../gate/metric.ts';
import type { Voice } from '../markdown/voice.ts';
import type { JudgedPage } from '../page/page.ts';
import { shortened } from './names.ts';
import { distance, shown, withUnit } from './numbers.ts';
import { boundWords, metricInSentence, ruleInSentence } from './words.ts';

/** What an offer says: first in bold what there is, then how to get it and at which price. */
export function offerWords(offer: BudgetOffer, page: JudgedPage, voice: Voice): string {
  const { pick, budgetMs } = offer;
  const id = voice.code(shortened(pick.model.id, page.training));
  const line = voice.code(`${pick.hardware} <= ${budgetMs} ms`);
  return `${voice.bold(offered(offer, id, voice))} Write ${line} in ${voice.code('hardware')} to pick it: ${thenWords(offer, voice)}${priceWords(offer)}.`;
}

function offered({ pick, budgetMs, rule, metric, value }: BudgetOffer, id: string, voice: Voice): string {
  const on = `on ${voice.name(pick.hardware)}`;
  const budget = withUnit(String(budgetMs), 'latency');
  if (rule.rule.metric === 'latency')
    return `Best within ${budget} ${on}: ${labelOf(metric)} ${shown(value, metric)} with ${id}, ${shown(pick.latencyMs, 'latency')}.`;
  const wanted = `${labelOf(rule.rule.metric)} ${boundWords(rule.rule, rule.bound, rule.value)}`;
  return `${wanted} takes ${budget} ${on}: ${id} has ${shown(rule.value, rule.rule.metric, [rule.bound])}.`;
}

/** What the gate says of the rules after the change. */
function thenWords({ stillBroken, ruleCount }: BudgetOffer, voice: Voice): string {
  const [first, ...others] = stillBroken;
  if (first === undefined)
    return ruleCount === 1
      ? 'the rule holds then'
      : `${ruleCount === 2 ? 'both' : `all ${ruleCount}`} rules hold then`;
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  return `then ${ruleInSentence(first, voice)} does not hold${more}`;
}

/** Less rounds to nothing. */
const LEAST_COST = 0.05;

function priceWords({ rule, metric, cost }: BudgetOffer): string {
  if (cost === undefined || rule.rule.metric !== 'latency' || cost < LEAST_COST) return '';
  return `, for ${distance(cost, metric)} of ${metricInSentence(metric)} on that device`;
}
