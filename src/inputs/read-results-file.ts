import * as v from 'valibot';
import { ACCURACY_METRICS, type AccuracyMetric, COUNTED_METRICS } from '../gate/metric.ts';
import type { Model } from '../gate/model.ts';
import type { ModelDetails, Samples } from '../gate/split-figures.ts';
import { isRecord, parseJson } from '../lib/json.ts';
import { knownMap } from '../lib/known-map.ts';
import { highestOf } from '../roboflow/results/read-model.ts';
import { Count, Fraction, InferenceMs } from '../roboflow/schema/shape.ts';
import type { PastRun, TrainingInFile } from '../training/file-baseline.ts';

/** The version of the file's contract that is read here (docs/results.schema.json). */
const SCHEMA_VERSION = 1;

/**
 * What the text of a results file says of the run that wrote it. What it holds must be as the contract has it; what an older file
 * does not have yet is not there. Throws Error that says why it cannot be read.
 */
export function readResultsFile(text: string): PastRun {
  const body = parseJson(text, (each) => each);
  if (body === undefined) throw new Error('it is no results file: it is no JSON object, or not all of one');
  const version = isRecord(body) ? body.schemaVersion : undefined;
  if (typeof version === 'number' && version > SCHEMA_VERSION)
    throw new Error(
      `it has schemaVersion ${version}, and this version of the action reads ${SCHEMA_VERSION}: use the version that wrote it, or a newer one`,
    );
  if (version !== SCHEMA_VERSION)
    throw new Error('it is no results file: it has no schemaVersion that is known');
  const parsed = v.safeParse(ResultsFile, body);
  if (parsed.success) return pastRunOf(parsed.output);
  const [issue] = parsed.issues;
  throw new Error(
    `it is no results file: ${v.getDotPath(issue) ?? 'it'} is not as docs/results.schema.json says`,
  );
}

const Id = v.pipe(v.string(), v.nonEmpty());

/** Metrics of a later version of the action are passed over. */
const Metrics = v.pipe(
  v.record(v.string(), v.pipe(v.number(), v.minValue(0))),
  v.check((metrics) => Object.entries(metrics).every(([name, value]) => value <= highestOf(name))),
  v.transform(
    (metrics): ReadonlyMap<AccuracyMetric, number> =>
      knownMap(ACCURACY_METRICS.map((name) => [name, metrics[name]])),
  ),
);

const Counts = v.nullish(
  v.record(v.string(), v.object({ n: Count, meanOfClasses: v.nullish(v.boolean()) })),
  {},
);

const OfSplit = {
  split: v.pipe(
    v.picklist(['validation', 'test']),
    v.transform((split) => (split === 'validation' ? 'valid' : split)),
  ),
  source: v.picklist(['training-results', 'evaluation', 'version']),
  metrics: Metrics,
  counts: Counts,
};
const Details = {
  splits: v.nullish(v.array(v.object({ ...OfSplit, confidence: v.nullish(Fraction) })), []),
  classes: v.nullish(v.array(v.object({ ...OfSplit, name: Id, objects: v.nullish(Count) })), []),
};

const ModelInFile = v.object({
  id: Id,
  type: v.nullish(Id),
  family: v.nullish(v.picklist(['child', 'stock'])),
  finished: v.boolean(),
  metrics: Metrics,
  latencyMs: v.record(v.string(), InferenceMs),
  unreadable: v.nullish(v.array(v.object({ name: v.string(), raw: v.string() })), []),
  ...Details,
});

const ResultsFile = v.object({
  run: v.nullable(
    v.object({
      workspace: Id,
      project: Id,
      version: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1))),
      jobId: Id,
      trainingId: v.nullish(Id),
      modelType: v.nullish(Id),
    }),
  ),
  trainings: v.nullish(
    v.array(
      v.object({
        modelType: Id,
        jobId: v.nullish(Id),
        headline: v.nullish(Id),
        models: v.nullish(v.array(Id), []),
      }),
    ),
    [],
  ),
  headline: v.nullable(Id),
  picks: v.nullish(
    v.array(v.object({ hardware: Id, modelId: v.nullish(Id), source: v.nullish(v.string()) })),
    [],
  ),
  models: v.array(ModelInFile),
  ...Details,
});

type FileBody = v.InferOutput<typeof ResultsFile>;

function pastRunOf(file: FileBody): PastRun {
  const { run, picks } = file;
  const trainings = trainingsIn(file).toSorted(
    (a, b) => Number(b.headline.id === file.headline) - Number(a.headline.id === file.headline),
  );
  const recommended = picks.flatMap(({ hardware, modelId, source }) =>
    source === 'recommended' && modelId ? [[hardware, modelId] as const] : [],
  );
  const place = run ? { ...run, version: run.version ?? undefined } : undefined;
  return { place, trainings, recommended: new Map(recommended) };
}

/** Of one training the file has no list: all of it is of that. An older file of several names only the headline model of each. */
function trainingsIn(file: FileBody): readonly TrainingInFile[] {
  const { run, headline, trainings } = file;
  const models = file.models.map((model) => modelOf(model, file));
  if (!run) return [];
  const listed =
    trainings.length > 0 ? trainings : [{ ...run, headline, models: models.map(({ id }) => id) }];
  return listed.flatMap(({ jobId, modelType, headline: id, models: ids }) => {
    const own = models.filter((model) => model.id === id || ids.includes(model.id));
    const head = own.find((model) => model.id === id);
    const known = [jobId, jobId === run.jobId ? run.trainingId : undefined].flatMap((each) => each ?? []);
    return head ? [{ ids: known, modelType: modelType ?? undefined, headline: head, models: own }] : [];
  });
}

/** What the headline model reaches by split and class stands above them all. */
function modelOf(
  { type, family, latencyMs, splits, classes, ...model }: FileBody['models'][number],
  file: FileBody,
): Model {
  return {
    ...model,
    type: type ?? undefined,
    family: family ?? undefined,
    latencyMs: new Map(Object.entries(latencyMs)),
    details: detailsIn(model.id === file.headline ? file : { splits, classes }),
  };
}

/** What a model reaches by split and class, one entry for each split and source, with what each figure was counted from. */
function detailsIn({ splits, classes }: Pick<FileBody, 'splits' | 'classes'>): ModelDetails {
  const figures = splits.map(({ split, source, metrics, counts, confidence }) => {
    const own = classes.filter((each) => each.split === split && each.source === source);
    return {
      split,
      source,
      confidence: confidence ?? undefined,
      all: metrics,
      samples: samplesIn(counts, own),
      classes: own.map(({ name, objects, metrics: ofClass, counts: counted }) => ({
        name,
        objects: objects ?? undefined,
        hasObjects: objects !== 0,
        metrics: ofClass,
        samples: samplesIn(counted, []),
      })),
    };
  });
  return { figures, lacking: [] };
}

function samplesIn(
  counts: FileBody['splits'][number]['counts'],
  classes: readonly Pick<FileBody['classes'][number], 'metrics' | 'counts'>[],
): Samples {
  const counted = COUNTED_METRICS.flatMap((metric) => {
    const { n, meanOfClasses } = counts[metric] ?? {};
    if (!n) return [];
    const parts = classes.flatMap((each) => {
      const [percent, own] = [each.metrics.get(metric), each.counts[metric]?.n];
      return percent === undefined || !own ? [] : [{ percent, n: own }];
    });
    return [[metric, { n, classes: meanOfClasses ? parts : undefined }] as const];
  });
  return new Map(counted);
}
