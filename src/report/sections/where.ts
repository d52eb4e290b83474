import type { PastTraining } from '../../gate/baseline.ts';
import { earlierOf } from '../against.ts';
import { type Checked, type Conclusion, comparisonOf, endOfOne } from '../conclusion.ts';
import { code } from '../markdown/markdown.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import { type Compared, comparedOf } from '../page/compared.ts';
import type { JudgedPage } from '../page/page.ts';
import type { TrainingFacts } from '../training-facts.ts';
import { earlierName, otherImages, type ShownTraining } from '../words/earlier-words.ts';
import { counted, creditsWords, duration, NBSP } from '../words/numbers.ts';

const LONGEST_STATUS = 60;

/** Of the line below the verdict. */
type Parts = readonly (string | undefined)[];

/** The line below the verdict: the way to Roboflow, and what was trained for how long. */
export function whereLine(parts: Parts): readonly string[] {
  const said = parts.filter((part) => part !== undefined);
  return said.length === 0 ? [] : [said.join(' · ')];
}

/** The parts of the line for what was judged: one training, or several. */
export function judgedWhere({ training, judged, earlier, compared }: JudgedPage): Parts {
  if (compared !== undefined) return severalWhere(compared);
  if (training === undefined) return [];
  const models = judged.models.length > 1 ? counted(judged.models.length, 'model') : undefined;
  return [
    ...trainedWhere(training, 'trained'),
    models,
    againstWords([{ earlier, facts: training, headline: judged.verdict.headline }]),
  ];
}

/** ``compared with version 6 (`yolov11n`), other validation images``: of several each version once. */
function againstWords(
  trainings: readonly (ShownTraining & { readonly earlier: PastTraining | undefined })[],
): string | undefined {
  const nameOf = (each: PastTraining) =>
    trainings.length === 1 ? earlierName(each) : `version${NBSP}${each.version}`;
  const names = new Set(trainings.flatMap(({ earlier }) => (earlier === undefined ? [] : nameOf(earlier))));
  if (names.size === 0) return undefined;
  const [other] = trainings.flatMap((each) => otherImages(each, each.earlier, 'valid') ?? []);
  return `compared with ${[...names].join(' and ')}${other === undefined ? '' : `, ${other}`}`;
}

function severalWhere({ rows, withModel }: Compared): Parts {
  const known = rows.flatMap(({ facts }) => facts ?? []);
  const [first] = known;
  const notStarted = rows.length - known.length;
  const parts = [
    counted(known.length, 'training'),
    ...(notStarted === 0 ? [] : [`${notStarted} not started`]),
    ...inAll(known),
  ];
  const compared = withModel.map((each) => ({ ...each, earlier: each.against && earlierOf(each.against) }));
  return [first && linkedVersion(first, first.version), parts.join(', '), againstWords(compared)];
}

function inAll(known: readonly TrainingFacts[]): readonly string[] {
  const times = known.flatMap(({ trainedMs }) => trainedMs ?? []);
  if (times.length < known.length || times.length < 2) return [];
  const allMs = times.reduce((sum, ms) => sum + ms, 0);
  return [`${duration(allMs)} in all${creditsWords(allMs)}`];
}

/** The parts of the line for whatever else a training came to. */
export function unjudgedWhere(
  conclusion: Exclude<Conclusion, { kind: 'judged' | 'checked' }>,
  training: TrainingFacts | undefined,
): Parts {
  const compared = comparedOf(comparisonOf(conclusion));
  if (compared !== undefined) return severalWhere(compared);
  if (training === undefined) return [];
  const end = endOfOne(conclusion)?.kind;
  const { inFlight, status, earlier } = training;
  if (end === 'failed' || end === 'cancelled') return trainedWhere(training, `${end} after`);
  if (!inFlight) return trainedWhere(training, conclusion.kind === 'started' ? 'trained' : 'after');
  return [
    ...placeWords(training),
    end === 'timed-out' ? undefined : MARKDOWN.prose(status, LONGEST_STATUS),
    earlier && `version${NBSP}${earlier.version} took ${duration(earlier.trainedMs)}`,
  ];
}

/** The parts of the line for a dry run. */
export function checkedWhere({ workspace, project, url, version }: Checked): Parts {
  const number = version.kind === 'existing' ? version.version : undefined;
  const made = version.kind === 'new' ? 'new version, of the images as they are now' : undefined;
  return [linkedVersion({ workspace, project, url }, number), made, 'nothing was changed'];
}

function placeWords(training: TrainingFacts): Parts {
  return [linkedVersion(training, training.version), training.modelType && code(training.modelType)];
}

function trainedWhere(training: TrainingFacts, verb: string): Parts {
  const { trainedMs, earlier } = training;
  if (trainedMs === undefined) return placeWords(training);
  const time = `${verb} ${duration(trainedMs)}`;
  if (verb !== 'trained') return [...placeWords(training), time];
  const before =
    earlier === undefined ? '' : ` (version${NBSP}${earlier.version}: ${duration(earlier.trainedMs)})`;
  return [...placeWords(training), `${time}${creditsWords(trainedMs)}${before}`];
}

function linkedVersion(
  { workspace, project, url }: Pick<TrainingFacts, 'workspace' | 'project' | 'url'>,
  version: number | undefined,
): string {
  const name = MARKDOWN.name(`${workspace}/${project}`);
  const words = version === undefined ? name : `${name}, version${NBSP}${version}`;
  return url === undefined ? words : `[${words}](${url})`;
}
