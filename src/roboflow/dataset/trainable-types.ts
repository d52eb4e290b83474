import { TrainGateError } from '../../lib/errors.ts';
import { nearestChoice } from '../../lib/suggest.ts';
import { getRecipe } from '../endpoints/trainings.ts';
import type { InProject } from '../http/api.ts';
import { ApiError } from '../http/failure.ts';
import { unlessRefused } from '../http/outcome.ts';

const YOLO_SIZES = ['n', 's', 'm', 'l', 'x'] as const;

/** Every size of every family, with what follows the size for other tasks than detection. */
function yolo(family: string, tasks: readonly string[]): readonly string[] {
  return ['', ...tasks].flatMap((task) => YOLO_SIZES.map((size) => `${family}${size}${task}`));
}

/** Model types that can be trained, for suggestions only: the server decides (docs/roboflow-api.md#dates-ids-and-model-types). */
const TRAINABLE_TYPES: readonly string[] = [
  ...['pico', 'nano', 'small', 'base', 'medium', 'large', 'xlarge', '2xlarge'].map(
    (size) => `rfdetr-${size}`,
  ),
  ...['nano', 'small', 'medium', 'large', 'xlarge', '2xlarge'].map((size) => `rfdetr-seg-${size}`),
  'rfdetr-nas-parent',
  'rfdetr-nas-pecoret-parent',
  'rfdetr-nas-base-parent',
  'rfdetr-nas-seg-parent',
  ...yolo('yolo26', ['-seg', '-pose', '-sem']),
  ...yolo('yolov12', []),
  ...yolo('yolov11', ['-seg', '-pose']),
  ...yolo('yolov8', ['-seg', '-pose']),
  ...['s', 'm', 'l'].map((size) => `yolo_nas_${size}`),
  'vit-base-patch16-224-in21k',
  ...['18', '34', '50', '101'].map((depth) => `resnet${depth}`),
  'deeplabv3plus',
  'sam3-large',
];

/** A name that is this many slips away is still taken for a slip: `rfdetr_naon`. */
const MOST_SLIPS = 3;

/** Asks the server for the recipe of `modelType`. Throws TrainGateError with the nearest type if it does not know this one. */
export async function requireKnownType(modelType: string, version: number, here: InProject): Promise<void> {
  const answer = await unlessRefused(() => getRecipe(here, version, modelType));
  if (!(answer instanceof ApiError) || !answer.saysInvalid) return;
  throw new TrainGateError(
    `Roboflow does not know the model-type "${modelType}", so nothing was started: ${answer.message}`,
    { hint: typeHint(modelType), cause: answer },
  );
}

/** What to set `model-type` to, with the nearest type that Roboflow trains. */
export function typeHint(modelType: string): string {
  const nearest = nearestChoice(modelType.toLowerCase(), TRAINABLE_TYPES, MOST_SLIPS);
  const meant = nearest === undefined || nearest === modelType ? '' : ` Did you mean "${nearest}"?`;
  return `Set model-type to one that Roboflow can train for this project.${meant}`;
}
