import type { JsonObject } from '../lib/json.ts';

/** A part of a dataset version; Roboflow's `valid` is the validation split. */
export type DatasetSplit = 'train' | 'validation' | 'test';

/** How many images a dataset version has in each split; undefined if that was not reported. */
export type ImageCounts = Readonly<Record<DatasetSplit, number | undefined>>;

/** What a dataset version is made of; what is undefined was not said. */
export interface DatasetFacts {
  readonly images: ImageCounts;
  /** Empty if they were not said. */
  readonly classes: readonly string[];
  readonly preprocessing: JsonObject | undefined;
  readonly augmentation: JsonObject | undefined;
}

/** What is known of a training, whatever became of it. */
export interface TrainingFacts {
  readonly workspace: string;
  readonly project: string;
  readonly version: number | undefined;
  readonly jobId: string;
  readonly trainingId: string | undefined;
  readonly modelType: string | undefined;
  readonly status: string;
  readonly inFlight: boolean;
  readonly origin: 'started' | 'attached';
  readonly route: string;
  /** From the start until it was seen training; undefined if that was not seen. */
  readonly queuedMs: number | undefined;
  readonly trainedMs: number | undefined;
  /** Whether it ended early on request, with weights. */
  readonly isStopped?: boolean | undefined;
  /** Since its start, if it was over when this step found it. */
  readonly ageMs?: number | undefined;
  readonly url: string | undefined;
  readonly source: string | undefined;
  readonly split?: DatasetSplit | undefined;
  readonly images?: ImageCounts | undefined;
  /** By version, as far as they are known. */
  readonly datasets?: ReadonlyMap<number, DatasetFacts> | undefined;
  /** How long a version before took, for whoever waits. */
  readonly earlier?: EarlierTraining | undefined;
}

/** How long an earlier version was trained. */
export interface EarlierTraining {
  readonly version: number;
  /** Undefined if nobody tells. */
  readonly modelType?: string | undefined;
  readonly trainedMs: number;
}
