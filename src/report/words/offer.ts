import type { CounterOffer } from '../../gate/counter-offer.ts';
import { type AccuracyMetric, labelOf, unitOf } from '../../gate/metric.ts';
import type { Voice } from '../markdown/voice.ts';
import type { JudgedPage } from '../page/page.ts';
import { shortened } from './names.ts';
import { distance, rounded, shown, withUnit } from './numbers.ts';
import { allRules, boundWords, metricInSentence, ruleInSentence } from './words.ts';

type OfferOf<Kind extends CounterOffer['kind']> = Extract<CounterOffer, { kind: Kind }>;

/** What an offer says: first in bold what there is, then how to get it and at which price. */
export function offerWords(offer: CounterOffer, page: JudgedPage, voice: Voice): string {
  const idOf = (id: string) => voice.code(shortened(id, page.training));
  switch (offer.kind) {
    case 'budget':
      return budgetWords(offer, idOf(offer.pick.model.id), voice);
    case 'fastest': {
      const { hardware, boundMs, latencyMs, model } = offer;
      const figure = withUnit(rounded(latencyMs, 'latency', [boundMs]), 'latency');
      return voice.bold(`The fastest model on ${voice.name(hardware)} is ${idOf(model.id)} with ${figure}.`);
    }
    case 'best-there': {
      const { hardware, model, value, rule } = offer;
      const figure = withUnit(rounded(value, rule.rule.metric, [rule.bound]), rule.rule.metric);
      const wanted = `${metricInSentence(rule.rule.metric)} ${boundWords(rule.rule, rule.bound, value)}`;
      const offered = `No model of this training reaches ${wanted} on ${voice.name(hardware)}.`;
      return `${voice.bold(offered)} The best there is ${idOf(model.id)} with ${figure}.`;
    }
  }
}

function budgetWords(offer: OfferOf<'budget'>, id: string, voice: Voice): string {
  const { pick, budgetMs, aim } = offer;
  const { hardware } = pick;
  const offered = aim === 'speed' ? bestWithin(offer, id, voice) : reachedFrom(offer, id, voice);
  const line = voice.code(`${hardware} <= ${budgetMs} ms`);
  return `${voice.bold(offered)} Write ${line} in ${voice.code('hardware')} to pick it: ${thenWords(offer, voice)}${priceWords(offer)}.`;
}

function bestWithin({ pick, budgetMs, metric, value }: OfferOf<'budget'>, id: string, voice: Voice): string {
  const budget = withUnit(String(budgetMs), 'latency');
  const latency = pick.latencyMs === undefined ? '' : `, ${shown(pick.latencyMs, 'latency')}`;
  const best = `${labelOf(metric)} ${shown(value, metric)}`;
  return `Best within ${budget} on ${voice.name(pick.hardware)}: ${best} with ${id}${latency}.`;
}

function reachedFrom({ pick, budgetMs, rule }: OfferOf<'budget'>, id: string, voice: Voice): string {
  const { metric } = rule.rule;
  const wanted = `${labelOf(metric)} ${boundWords(rule.rule, rule.bound, rule.value)}`;
  const figure = shown(rule.value, metric, [rule.bound]);
  return `${wanted} takes ${withUnit(String(budgetMs), 'latency')} on ${voice.name(pick.hardware)}: ${id} has ${figure}.`;
}

/** What the gate says of the rules after the change. */
function thenWords({ stillBroken, ruleCount }: OfferOf<'budget'>, voice: Voice): string {
  const [first, ...others] = stillBroken;
  if (first === undefined) return `${allRules(ruleCount)} ${ruleCount === 1 ? 'holds' : 'hold'} then`;
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  return `then ${ruleInSentence(first, voice)} does not hold${more}`;
}

/** What is given up for speed, if anything can be seen of it. */
function priceWords({ aim, metric, cost }: OfferOf<'budget'>): string {
  if (cost === undefined || aim !== 'speed' || cost < LEAST_COST) return '';
  return `, for ${costWords(cost, metric)} on that device`;
}

/** Less rounds to nothing. */
const LEAST_COST = 0.05;

function costWords(cost: number, metric: AccuracyMetric): string {
  const points = unitOf(metric) === 'percent' ? ' points of' : '';
  return `${distance(cost, metric)}${points} ${metricInSentence(metric)}`;
}
