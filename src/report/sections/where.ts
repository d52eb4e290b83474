import type { PastTraining } from '../../gate/baseline.ts';
import { earlierOf } from '../against.ts';
import { type Checked, type Conclusion, comparisonOf, endOfOne } from '../conclusion.ts';
import { code } from '../markdown/markdown.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import { type Compared, comparedOf } from '../page/compared.ts';
import type { JudgedPage } from '../page/page.ts';
import type { TrainingFacts } from '../training-facts.ts';
import { earlierName, otherImages } from '../words/earlier-words.ts';
import { counted, duration, NBSP } from '../words/numbers.ts';

const LONGEST_STATUS = 60;

/** The line below the verdict: the way to Roboflow, and what was trained for how long. */
export function whereLine(parts: readonly (string | undefined)[]): readonly string[] {
  const said = parts.filter((part) => part !== undefined && part !== '');
  return said.length === 0 ? [] : [said.join(' · ')];
}

function placeWords(training: TrainingFacts): readonly string[] {
  const type = training.modelType === undefined ? [] : [code(training.modelType)];
  return [linkedVersion(training, training.version), ...type];
}

/** The parts of the line for what was judged: one training, or several. */
export function judgedWhere({ training, judged, earlier, compared }: JudgedPage): readonly string[] {
  if (compared !== undefined) return severalWhere(compared);
  if (training === undefined) return [];
  return [
    ...placeWords(training),
    ...trainedWords(training, 'trained'),
    ...(judged.models.length > 1 ? [counted(judged.models.length, 'model')] : []),
    ...againstWords([{ earlier, facts: training }]),
  ];
}

/** ``compared with version 6 (`yolov11n`), other validation images``: of several each version once. */
function againstWords(
  trainings: readonly {
    readonly earlier: PastTraining | undefined;
    readonly facts: TrainingFacts | undefined;
  }[],
): readonly string[] {
  const nameOf = (each: PastTraining) =>
    trainings.length === 1 ? earlierName(each) : `version${NBSP}${each.version}`;
  const known = trainings.flatMap(({ earlier, facts }) =>
    earlier === undefined
      ? []
      : [{ name: nameOf(earlier), other: otherImages(facts, earlier, 'valid') ?? '' }],
  );
  const names = [...new Set(known.map(({ name }) => name))];
  const other = known.find((each) => each.other !== '')?.other;
  if (names.length === 0) return [];
  return [`compared with ${names.join(' and ')}${other === undefined ? '' : `, ${other}`}`];
}

function severalWhere({ rows, withModel }: Compared): readonly string[] {
  const known = rows.flatMap(({ facts }) => (facts === undefined ? [] : [facts]));
  const [first] = known;
  const notStarted = rows.length - known.length;
  const parts = [
    counted(known.length, 'training'),
    ...(notStarted === 0 ? [] : [`${notStarted} not started`]),
    ...inAll(known),
  ];
  const place = first === undefined ? [] : [linkedVersion(first, first.version)];
  const compared = withModel.map(({ facts, against }) => ({ facts, earlier: against && earlierOf(against) }));
  return [...place, parts.join(', '), ...againstWords(compared)];
}

function inAll(known: readonly TrainingFacts[]): readonly string[] {
  const times = known.flatMap(({ trainedMs }) => (trainedMs === undefined ? [] : [trainedMs]));
  if (times.length < known.length || times.length < 2) return [];
  return [`${duration(times.reduce((sum, ms) => sum + ms, 0))} in all`];
}

/** The parts of the line for whatever else a training came to. */
export function unjudgedWhere(
  conclusion: Exclude<Conclusion, { kind: 'judged' | 'checked' }>,
  training: TrainingFacts | undefined,
): readonly string[] {
  const compared = comparedOf(comparisonOf(conclusion));
  if (compared !== undefined) return severalWhere(compared);
  if (training === undefined) return [];
  const end = endOfOne(conclusion)?.kind;
  const { inFlight, status, earlier } = training;
  if (end === 'failed' || end === 'cancelled')
    return [...placeWords(training), ...trainedWords(training, `${end} after`)];
  if (!inFlight) {
    const verb = conclusion.kind === 'started' ? 'trained' : 'after';
    return [...placeWords(training), ...trainedWords(training, verb)];
  }
  return [
    ...placeWords(training),
    ...(end === 'timed-out' ? [] : [MARKDOWN.prose(status, LONGEST_STATUS)]),
    ...(earlier === undefined
      ? []
      : [`version${NBSP}${earlier.version} took ${duration(earlier.trainedMs)}`]),
  ];
}

/** The parts of the line for a dry run. */
export function checkedWhere({ workspace, project, url, version }: Checked): readonly string[] {
  const number = version.kind === 'existing' ? version.version : undefined;
  return [
    linkedVersion({ workspace, project, url }, number),
    ...(version.kind === 'new' ? ['new version, of the images as they are now'] : []),
    'nothing was changed',
  ];
}

function linkedVersion(
  { workspace, project, url }: Pick<TrainingFacts, 'workspace' | 'project' | 'url'>,
  version: number | undefined,
): string {
  const name = MARKDOWN.name(`${workspace}/${project}`);
  const words = version === undefined ? name : `${name}, version${NBSP}${version}`;
  return url === undefined ? words : `[${words}](${url})`;
}

function trainedWords({ trainedMs }: TrainingFacts, verb: string): readonly string[] {
  return trainedMs === undefined ? [] : [`${verb} ${duration(trainedMs)}`];
}
