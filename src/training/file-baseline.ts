import type { Baseline } from '../gate/baseline.ts';
import type { Model } from '../gate/model.ts';
import { headedBy } from '../gate/picks.ts';
import { TrainGateError } from '../lib/errors.ts';
import { isSameType } from './model-type.ts';
import type { JudgedTraining } from './training.ts';

/** The results file of an earlier run, to compare with. `past` is undefined if the file is not there yet. */
export interface FileChoice {
  readonly kind: 'file';
  readonly path: string;
  readonly past: PastRun | undefined;
}

/** What a results file says of the run that wrote it. */
export interface PastRun {
  /** Undefined if it came to no training. */
  readonly place: (ProjectName & { readonly version: number | undefined }) | undefined;
  /** Those that left a model; that of the headline model first. */
  readonly trainings: readonly TrainingInFile[];
  /** Hardware -> id of the model that Roboflow recommends for it. */
  readonly recommended: ReadonlyMap<string, string>;
}

interface ProjectName {
  readonly workspace: string;
  readonly project: string;
}

/** One training of a results file. */
export interface TrainingInFile {
  /** Under which Roboflow knows it, on either of its APIs. */
  readonly ids: readonly string[];
  readonly modelType: string | undefined;
  readonly headline: Model;
  readonly models: readonly Model[];
}

/**
 * The training of a results file that rules compare with: the judged one itself if it is in there; else of the same model type if
 * there is one; else that of the headline model. Nothing is asked of Roboflow.
 * @throws TrainGateError if the file is of another project
 */
export function fileBaseline(
  { path, past }: FileChoice,
  { id, version, modelType }: JudgedTraining,
  here: ProjectName,
): Baseline {
  if (past === undefined) return { kind: 'missing', reason: `there is no file ${path}` };
  const { place, trainings, recommended } = past;
  const nameOf = ({ workspace, project }: typeof here) => `${workspace}/${project}`;
  if (place !== undefined && nameOf(place).toLowerCase() !== nameOf(here).toLowerCase())
    throw new TrainGateError(
      `baseline is ${path}, whose run was in ${nameOf(place)}, and this step is about ${nameOf(here)}.`,
      { hint: 'Set baseline to the results file of a run in the same project.' },
    );
  const training =
    trainings.find(({ ids }) => id !== undefined && ids.includes(id)) ??
    trainings.find((each) => isSameType(each.modelType, modelType)) ??
    trainings[0];
  if (training === undefined || place?.version === undefined)
    return { kind: 'missing', reason: `the run that wrote ${path} has no model` };
  return {
    kind: 'training',
    version: place.version,
    modelType: training.modelType,
    isSameType: isSameType(training.modelType, modelType),
    isSameVersion: place.version === version,
    file: path,
    ids: training.ids,
    results: headedBy(training.headline, { models: training.models, recommended }),
  };
}
