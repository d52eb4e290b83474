import type { Metric } from '../gate/metric.ts';

/** What the trainings of a project may report, by the type of the project (docs/internals/roboflow-api.md#metrics). */
const DETECTION: readonly Metric[] = ['map50', 'map50-95', 'map75', 'precision', 'recall', 'f1'];
const REPORTED: readonly (readonly [RegExp, readonly Metric[]])[] = [
  [/^(?:object-detection|instance-segmentation|keypoint(?:s|-detection)?)$/, DETECTION],
  [/^(?:(?:single|multi)-label-)?classification$/, ['accuracy', 'precision', 'recall', 'f1']],
  [/^semantic-segmentation$/, ['miou', 'precision', 'recall', 'f1']],
  [/^(?:text-image-pairs|multimodal)$/, ['perplexity']],
];

/** Of these it is certain which types report them. */
const CERTAIN: readonly Metric[] = ['map50', 'map50-95', 'map75', 'accuracy', 'miou', 'perplexity'];

/** The metrics that trainings of such a project may report; none if the type is not known. */
export function reportedBy(projectType: string | undefined): readonly Metric[] {
  const type = projectType?.trim().toLowerCase().replace(/[\s_]/g, '-') ?? '';
  return REPORTED.find(([pattern]) => pattern.test(type))?.[1] ?? [];
}

/** Whether it is certain that no training of such a project reports `metric`. Of an unknown type nothing is. */
export function neverReports(projectType: string | undefined, metric: Metric): boolean {
  const reported = reportedBy(projectType);
  return reported.length > 0 && CERTAIN.includes(metric) && !reported.includes(metric);
}
