import { type Conclusion, comparisonOf, type TrainingFacts } from '../../report/conclusion.ts';
import { reasonsAgainst } from '../../report/words/reasons.ts';
import { outcomeOf, weightsFields } from '../outputs.ts';
import { comparedTrainingFields } from './compared-training-fields.ts';
import { classesFields, confidenceFields, confusionsFields, splitsFields } from './detail-fields.ts';
import { baselineFields, comparedFields, pointFields } from './earlier-fields.ts';
import type { Json } from './json.ts';
import { modelFields, pickResultFields } from './model-fields.ts';
import { ruleFields } from './rule-fields.ts';
import { trainingFields } from './training-fields.ts';

/**
 * The text of the results file: everything that is known about the training, with figures that are not rounded. It
 * always has the same keys; a value that does not exist is null or empty. It is a contract: if a key gets another name
 * or meaning, `schemaVersion` goes up.
 */
export function resultsFile(conclusion: Conclusion, training: TrainingFacts | undefined): string {
  const judged = conclusion.kind === 'judged' ? conclusion : undefined;
  const details = judged?.verdict.headline?.details;
  const content: Json = {
    schemaVersion: 1,
    outcome: outcomeOf(conclusion),
    run: training === undefined ? null : trainingFields(training),
    trainings: comparisonOf(conclusion)?.trainings.map(comparedTrainingFields) ?? [],
    reasons: reasonsOf(conclusion),
    headline: judged?.verdict.headline?.id ?? null,
    baseline: judged === undefined ? null : baselineFields(judged),
    comparedWith: judged === undefined ? null : comparedFields(judged),
    history: judged?.history?.map(pointFields) ?? [],
    rules: judged?.verdict.rules.map(ruleFields) ?? [],
    picks: judged?.verdict.picks.map(pickResultFields) ?? [],
    models: judged?.models.map(modelFields) ?? [],
    splits: splitsFields(details),
    classes: classesFields(details),
    confidence: confidenceFields(judged?.evaluation),
    confusions: confusionsFields(judged?.evaluation),
    weights: weightsFields(conclusion),
    starred: judged?.stars?.starred ?? [],
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** Why the outcome is what it is, one sentence per reason. None if the training passed or was only started. */
function reasonsOf(conclusion: Conclusion): readonly string[] {
  switch (conclusion.kind) {
    case 'judged':
      return reasonsAgainst(conclusion);
    case 'undecided':
      return [conclusion.reason, ...conclusion.details];
    case 'skipped':
      return [conclusion.reason];
    case 'started':
    case 'checked':
      return [];
  }
}
