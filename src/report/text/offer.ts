import type { CounterOffer } from '../../gate/counter-offer.ts';
import type { RuleResult } from '../../gate/decide.ts';
import { labelOf, unitOf } from '../../gate/metric.ts';
import { shortened } from './ids.ts';
import { distance, rounded, shown, withUnit } from './numbers.ts';
import type { JudgedPage } from './page.ts';
import type { Voice } from './voice.ts';
import { boundWords, metricInSentence, ruleInSentence, subjectInSentence } from './words.ts';

type BudgetOffer = Extract<CounterOffer, { kind: 'budget' }>;

/** What an offer says: first in bold what there is, then how to get it and at which price. */
export function offerWords(offer: CounterOffer, page: JudgedPage, voice: Voice): string {
  const idOf = (id: string) => voice.code(shortened(id, page.run));
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
      const offered = `No model of this run reaches ${metricInSentence(rule.rule.metric)} ${boundWords(rule.rule, rule.bound, value)} on ${voice.name(hardware)}.`;
      return `${voice.bold(offered)} The best there is ${idOf(model.id)} with ${figure}.`;
    }
    case 'model':
      return modelWords(offer, idOf(offer.model.id), page, voice);
  }
}

function budgetWords(offer: BudgetOffer, id: string, voice: Voice): string {
  const { pick, budgetMs, metric, value, aim } = offer;
  const { hardware, latencyMs } = pick;
  const budget = withUnit(String(budgetMs), 'latency');
  const latency = latencyMs === undefined ? '' : `, ${withUnit(rounded(latencyMs, 'latency'), 'latency')}`;
  const best = `${labelOf(metric)} ${shown(value, metric)}`;
  const offered =
    aim === 'speed'
      ? `Best within ${budget} on ${voice.name(hardware)}: ${best} with ${id}${latency}.`
      : `${voice.name(hardware)} reaches it from ${budget} on: ${best} with ${id}${latency}.`;
  const line = voice.code(`${hardware} <= ${budgetMs} ms`);
  return `${voice.bold(offered)} Write ${line} in ${voice.code('hardware')} to pick it: ${thenWords(offer, voice)}${priceWords(offer)}.`;
}

/** What the gate says of the rules after the change. */
function thenWords({ stillBroken, ruleCount }: BudgetOffer, voice: Voice): string {
  const [first, ...others] = stillBroken;
  if (first === undefined) return `${allRules(ruleCount, 'hold')} then`;
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  return `then ${ruleInSentence(first, voice)} does not hold${more}`;
}

function priceWords({ aim, metric, cost, pick }: BudgetOffer): string {
  if (cost === undefined || aim !== 'speed' || pick.model.metrics.get(metric) === undefined) return '';
  const size = distance(cost, metric);
  if (cost <= 0 || Number(size) === 0) return '';
  return `, for ${size}${unitOf(metric) === 'percent' ? ' points of' : ''} ${metricInSentence(metric)} on that device`;
}

function modelWords(
  offer: Extract<CounterOffer, { kind: 'model' }>,
  id: string,
  { judged }: JudgedPage,
  voice: Voice,
): string {
  const { model, broken, modelCount, ruleCount } = offer;
  const [first, ...others] = broken;
  if (first === undefined)
    return `${voice.bold(`${id} of this run holds ${allRules(ruleCount, '')}.`.replace(' .', '.'))}`;
  const none = `None of the ${modelCount} models of this run holds ${allRules(ruleCount, '')}`;
  const said = voice.bold(`${none.trimEnd()}.`);
  if (model.id === judged.verdict.headline?.id) return said;
  return `${said} Nearest is ${id}: ${figureOf(first, voice)}${others.length === 0 ? '' : `, and ${others.length} more`}.`;
}

function figureOf({ rule, value, bound = 0 }: RuleResult, voice: Voice): string {
  const figure = value === undefined ? 'none' : withUnit(rounded(value, rule.metric, [bound]), rule.metric);
  return `${subjectInSentence(rule, voice)} ${figure}`;
}

function allRules(count: number, verb: 'hold' | ''): string {
  if (count === 1) return verb === '' ? 'the rule' : 'the rule holds';
  return `${count === 2 ? 'both' : `all ${count}`} rules${verb === '' ? '' : ` ${verb}`}`;
}
