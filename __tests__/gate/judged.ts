import type { Baseline } from '../../src/gate/baseline.ts';
import { decide, type GateInput, type Verdict } from '../../src/gate/decide.ts';
import { withHeadline } from '../../src/gate/headline.ts';
import type { Model } from '../../src/gate/model.ts';
import { parseRules } from '../../src/gate/parse-rules.ts';
import type { RuleResult } from '../../src/gate/rule-result.ts';
import { whyUnknown } from '../../src/report/words/unknown-words.ts';
import { model, modelResults, pastTraining } from '../build.ts';

export const noBaseline: Baseline = { kind: 'none' };

/** What a test judges. */
export interface Trial extends Partial<Omit<GateInput, 'rules' | 'trainings'>> {
  readonly baseline?: Baseline;
  readonly rules?: string;
  readonly models?: readonly Model[];
  readonly recommended?: Readonly<Record<string, string>>;
}

/** A finished model with all that most rules need. */
export const nano = model({
  id: 'nano',
  metrics: { map50: 80, 'map50-95': 55, recall: 70 },
  latency: { T4: 4, Orin: 12 },
});

/** Models of a search: each slower and more accurate than the one before, and two that are no choice. */
export const small = model({
  id: 'small',
  family: 'child',
  metrics: { 'map50-95': 50 },
  latency: { T4: 2, Orin: 9 },
});
export const medium = model({
  id: 'medium',
  family: 'child',
  metrics: { 'map50-95': 60 },
  latency: { T4: 5, Orin: 20 },
});
export const large = model({
  id: 'large',
  family: 'child',
  metrics: { 'map50-95': 70 },
  latency: { T4: 12 },
});
export const stock = model({ id: 'stock', family: 'stock', metrics: { 'map50-95': 99 }, latency: { T4: 1 } });
export const broken = model({
  id: 'broken',
  finished: false,
  metrics: { 'map50-95': 99 },
  latency: { T4: 1 },
});

/** The verdict about `models` by `rules`, which must all be valid. */
export function judged({
  rules = '',
  models = [nano],
  recommended = {},
  baseline = noBaseline,
  ...rest
}: Trial): Verdict {
  const parsed = parseRules(rules);
  if (parsed.mistakes.length > 0) throw new Error(`not rules: ${rules}`);
  return decide({
    trainings: [{ modelType: 'only', results: modelResults(models, recommended), baseline }],
    rules: parsed.rules,
    targets: [],
    onMissingBaseline: 'fail',
    ...rest,
  }).verdict;
}

/** The result of the only rule. */
export function only(verdict: Verdict): RuleResult {
  const [result] = verdict.rules;
  if (!result || verdict.rules.length > 1) throw new Error('not one rule');
  return result;
}

/** Why the only rule cannot be judged, in words. */
export function reasonOf(verdict: Verdict): string {
  const result = only(verdict);
  if (result.state !== 'unknown') throw new Error(`it ${result.state}`);
  return whyUnknown(result.why);
}

/** A baseline on version 3 with `models`. */
export function baselineOf(models: readonly Model[], recommended = {}, rules = ''): Baseline {
  const results = withHeadline(modelResults(models, recommended), parseRules(rules).rules);
  return pastTraining(models, { version: 3, results });
}

/** There is no training to compare with. */
export const missing: Baseline = { kind: 'missing', reason: 'no lower version was trained' };
