import { type CounterOffer, counterOffer } from '../../gate/counter-offer.ts';
import type { GateInput, Verdict } from '../../gate/decide.ts';
import { isBinding, type RuleResult } from '../../gate/rule-result.ts';
import { type Compared, trainingOf } from './compared.ts';

/**
 * What could be changed in `hardware` after a failed verdict on several trainings. Another budget changes nothing about the
 * rules that trainings are held against by their own models, so only the picks are judged again. Undefined if one of those
 * rules is broken, or nothing can be offered.
 */
export function comparedOffer(
  asked: GateInput,
  verdict: Verdict,
  compared: Compared,
): CounterOffer | undefined {
  const isOfPick = (result: RuleResult) =>
    result.rule.hardware !== undefined && trainingOf(result, compared) === undefined;
  const ofPicks = verdict.rules.filter(isOfPick);
  const others = verdict.rules.filter((result) => isBinding(result) && !isOfPick(result));
  if (others.some(({ state }) => state !== 'holds')) return undefined;
  const rules = ofPicks.map(({ rule }) => rule);
  const offer = counterOffer({ ...asked, rules }, { ...verdict, rules: ofPicks });
  if (offer?.kind === 'budget') return { ...offer, ruleCount: offer.ruleCount + others.length };
  return offer;
}
