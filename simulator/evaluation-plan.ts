/** The parts of a dataset version. */
export type Split = 'train' | 'valid' | 'test';

/** The panels of an evaluation, by the last word of their paths (docs/internals/roboflow-api.md#model-evaluations). */
export type EvaluationPanel =
  | 'map-results'
  | 'performance-by-class'
  | 'confidence-sweep'
  | 'confusion-matrix'
  | 'image-predictions';

/** What a panel does not show, though the evaluation is done. */
export type PanelGap =
  /** 409 `model_eval_not_done` for so many simulated milliseconds after the evaluation is done. */
  | { readonly panel: EvaluationPanel; readonly kind: 'late'; readonly forMs: number }
  /** 404. */
  | { readonly panel: EvaluationPanel; readonly kind: 'absent' }
  /** Left out where splits stand beside each other, 404 where a request names one. */
  | { readonly panel: EvaluationPanel; readonly kind: 'without-split'; readonly split: Split };

/**
 * The evaluation that Roboflow makes by itself after a training that kept its weights. Times are simulated milliseconds.
 * Without any of this there is one evaluation, listed from the training's end on and done 4 minutes later, which names the
 * version and no model.
 */
export interface EvaluationPlan {
  /** From the training's end until it is listed. */
  readonly appearsAfterMs?: number;
  /** From then until it ends. `Infinity`: it runs for ever. */
  readonly takesMs?: number;
  readonly end?: 'done' | 'failed';
  /** How many of the training's finished models have one each, the most accurate ones. Each names its model. */
  readonly namedModels?: number;
  readonly gaps?: readonly PanelGap[];
}
