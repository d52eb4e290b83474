import { judgeRule, type RuleInput } from './judge-rule.ts';
import { candidatesOf, type Model } from './model.ts';
import { headedBy, type ModelResults, type WithHeadline } from './picks.ts';
import { mostAccurateFirst, mostAccurateThat } from './rank.ts';
import { isBinding, type RuleResult } from './rule-result.ts';
import { choosesHeadline, type Rule } from './rules.ts';

/** The model that stands for a training, and the most accurate one if that is another. */
export interface Headline {
  readonly headline: Model | undefined;
  readonly passedOver: PassedOver | undefined;
}

/** Whether `item` has a model that stands for it. */
export function hasHeadline<Item extends { readonly headline: Model | undefined }>(
  item: Item,
): item is Item & { readonly headline: Model } {
  return item.headline !== undefined;
}

/** The most accurate model, if another is the headline model, and what it does not hold. */
export interface PassedOver {
  readonly model: Model;
  /** Of the rules that count, in the workflow's order; at least one. */
  readonly lacking: readonly RuleResult[];
}

/** The most accurate candidate that holds all binding rules on what the training itself reports; if none does, the most accurate. */
export function chooseHeadline(
  results: ModelResults,
  rules: readonly Rule[],
  input: Omit<RuleInput, 'results'>,
): Headline {
  const choosing = rules.filter(choosesHeadline);
  const known = headedBy(undefined, results);
  const lackingOf = (headline: Model) =>
    choosing
      .map((rule) => judgeRule(rule, { ...input, results: { ...known, headline } }))
      .filter((result) => isBinding(result) && result.state !== 'holds');
  const order = mostAccurateFirst(candidatesOf(results.models));
  const headline = mostAccurateThat(order, (model) => lackingOf(model).length === 0);
  const [model] = order;
  const isOther = model !== undefined && model !== headline;
  return { headline, passedOver: isOther ? { model, lacking: lackingOf(model) } : undefined };
}

/** The results of a training that another is compared with: its model is chosen by the rules that need no comparison. */
export function withHeadline<Results extends ModelResults>(
  results: Results,
  rules: readonly Rule[],
): Results & WithHeadline {
  const plain = rules.filter(({ bound }) => bound.kind === 'value');
  const { headline } = chooseHeadline(results, plain, {
    targets: [],
    baselineOf: () => ({ kind: 'none' }),
    onMissingBaseline: 'fail',
  });
  return headedBy(headline, results);
}
