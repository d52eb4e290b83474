import { measure, neededMetrics } from '../../gate/measure.ts';
import { isCount } from '../../gate/metric.ts';
import type { Model } from '../../gate/model.ts';
import type { WithHeadline } from '../../gate/picks.ts';
import { decides, hasNoise, isOnDetails, needsDetails, type Rule } from '../../gate/rules.ts';
import { isAsked, serverlessNeed } from '../../gate/serverless.ts';
import type { Split, WantedFigure } from '../../gate/split-figures.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { WantedResults } from '../../training/await-results.ts';
import { countsPixels } from '../../training/model-type.ts';

/** What says which figures are wanted. */
export type RulesAndTargets = Pick<Inputs, 'rules' | 'targets'>;

/** What is read of results for `rules` and `targets`; the `usual` by class and split if none is about that or an evaluation, and what is `told` if it is there. */
export function wantedResults(
  { rules, targets }: RulesAndTargets,
  usual: 'for-report' | 'none',
  told: readonly Rule[] = rules,
): WantedResults {
  const deciding = rules.filter(decides);
  // By that an evaluation is told from those of others.
  const otherwise = isAsked(serverlessNeed(rules, targets, false)) ? 'for-report' : usual;
  return {
    metrics: neededMetrics(deciding),
    toldMetrics: neededMetrics(told),
    details: deciding.some(needsDetails) ? 'needed' : rules.some(needsDetails) ? 'for-report' : otherwise,
  };
}

/** What `rules` judge by class or split, or how sure it is that they want to know; and whose that is. */
export function needsOf(rules: readonly Rule[], results: WithHeadline, targets: Inputs['targets']) {
  return rules.filter(needsDetails).flatMap((rule) => {
    const measured = measure(rule, results, targets);
    const { metric, split = 'valid', ofClass } = rule;
    if (!('model' in measured) || metric === 'latency' || metric === 'images') return [];
    const by = ofClass === undefined ? 'split' : 'class';
    const isMissing = measured.kind === 'no-figure' && measured.why.kind !== 'no-objects';
    const counts = countsPixels(measured.model.type) ? undefined : countsFor(rule);
    const isKnown = metric === 'objects';
    const figure: WantedFigure = { metric, split, by, isNeeded: decides(rule), counts, isKnown };
    return [{ model: measured.model, figure, isMissing }];
  });
}

/** The figures that are wanted of each model. */
export function wantedByModel(
  needs: readonly { readonly model: Model; readonly figure: WantedFigure }[],
): Map<Model, readonly WantedFigure[]> {
  const byModel = Map.groupBy(needs, ({ model }) => model);
  return new Map([...byModel].map(([model, own]) => [model, own.map(({ figure }) => figure)]));
}

/** The split that the first rule on classes or splits judges; without one, test. */
export function judgedSplit(rules: readonly Rule[]): Split {
  const rule = rules.find((each) => isOnDetails(each) && !isCount(each.metric));
  return rule === undefined ? 'test' : (rule.split ?? 'valid');
}

/** The classes on the validation split, unless they are known. */
export function forReport({ details }: Model): readonly WantedFigure[] {
  const isKnown = details?.figures.some(({ classes }) => classes.length > 0) ?? false;
  return isKnown ? [] : [{ metric: 'map50', split: 'valid', by: 'class', isNeeded: false }];
}

function countsFor(rule: Rule): WantedFigure['counts'] {
  if (hasNoise(rule)) return 'images';
  return rule.metric === 'objects' ? 'objects' : undefined;
}
