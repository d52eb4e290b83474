import type { Model } from '../../gate/model.ts';
import type { PickResult } from '../../gate/picks.ts';
import { pickFields } from '../outputs.ts';
import { type Json, metricFields } from './json.ts';

/** The model that was picked for a hardware target, or why there is none. */
export function pickResultFields(result: PickResult): Json {
  if (result.kind === 'pick') {
    const { hardware, budgetMs } = result.pick;
    return { kind: 'pick', hardware, budgetMs: budgetMs ?? null, ...pickFields(result.pick) };
  }
  const { hardware, budgetMs, reason, measured } = result;
  const fastestMs = result.reason === 'over-budget' ? result.fastestMs : null;
  return { kind: 'missing', hardware, budgetMs: budgetMs ?? null, reason, fastestMs, measured };
}

/** One model, with everything that was reported of it as a whole. */
export function modelFields(model: Model): Json {
  return {
    id: model.id,
    type: model.type ?? null,
    family: model.family ?? null,
    finished: model.finished,
    metrics: metricFields(model.metrics),
    latencyMs: Object.fromEntries(model.latencyMs),
    unreadable: model.unreadable.map(({ name, raw }) => ({ name, raw })),
  };
}
