import type { RuleResult } from '../../gate/decide.ts';
import { formatRule } from '../../gate/rules.ts';
import { whyUnknown } from '../../report/words/reasons.ts';
import { type Json, splitField } from './json.ts';

/** What a rule came to. */
export function ruleFields(result: RuleResult): Json {
  const { rule } = result;
  return {
    rule: formatRule(rule),
    severity: rule.severity,
    metric: rule.metric,
    hardware: result.hardware ?? rule.hardware ?? null,
    ...detailFields(result),
    comparison: rule.comparison,
    state: result.state,
    modelId: result.modelId ?? null,
    value: result.value ?? null,
    bound: result.bound ?? null,
    margin: result.state === 'unknown' ? null : result.margin,
    baseline: result.baseline ?? null,
    reason: result.state === 'unknown' ? whyUnknown(result.why) : null,
  };
}

type DetailFields = Readonly<Record<'class' | 'everyClass' | 'split' | 'source' | 'leftOut', Json>>;

/**
 * Which figure of a class or split was judged: of a rule on every class that of the weakest. If there is none, the class is
 * spelled as in the rule.
 */
function detailFields({ rule, origin }: RuleResult): DetailFields {
  const { ofClass } = rule;
  const split = origin?.split ?? rule.split ?? (ofClass === undefined ? undefined : 'valid');
  return {
    class: origin?.className ?? (ofClass?.kind === 'one' ? ofClass.name : null),
    everyClass: ofClass?.kind === 'every',
    split: split === undefined ? null : splitField(split),
    source: origin?.source ?? null,
    leftOut: origin?.leftOut ?? [],
  };
}
