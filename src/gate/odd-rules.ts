import { isCount } from './metric.ts';
import { decides, formatRule, formatTarget, isThreshold, isUpperBound, type Rule } from './rules.ts';

/** What is probably not meant among `rules`, a sentence each: a rule against better models, and one that another makes idle. */
export function oddRules(rules: readonly Rule[]): readonly string[] {
  return rules.flatMap((rule) => {
    const said = `The rule "${formatRule(rule)}"`;
    if (!isThreshold(rule) && !isCount(rule.metric) && decides(rule))
      return `${said} rules out better models. If that is meant, put "warn:" before it; else turn its sign round.`;
    const stricter = rules.find((other) => makesIdle(other, rule));
    return stricter === undefined
      ? []
      : `${said} never decides, since "${formatRule(stricter)}" asks for more. Leave one of them out.`;
  });
}

/** Whether `rule` holds wherever `other` does. */
function makesIdle(other: Rule, rule: Rule): boolean {
  const isUpper = isUpperBound(rule.comparison);
  const isOfSame =
    formatTarget(other) === formatTarget(rule) &&
    isUpperBound(other.comparison) === isUpper &&
    other.bound.kind === rule.bound.kind &&
    other.bound.noise === rule.bound.noise;
  if (!isOfSame || !decides(other) || (rule.scope === 'each' && other.scope === 'best')) return false;
  const [own, others] = [numberOf(rule), numberOf(other)];
  if (own !== others) return isUpper === others < own;
  return other.comparison.length < rule.comparison.length;
}

function numberOf({ bound }: Rule): number {
  return bound.kind === 'value' ? bound.value : bound.offset;
}
