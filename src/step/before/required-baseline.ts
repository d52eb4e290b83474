import {
  type Baseline,
  type BaselineFigure,
  type BaselineLack,
  baselineFigure,
  isMissing,
  type NoiseUnknown,
} from '../../gate/baseline.ts';
import { passingLack } from '../../gate/rule-result.ts';
import { decides, formatRule, hasNoise, type Rule } from '../../gate/rules.ts';
import { isOpen } from '../../gate/split-figures.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { TrainGateError } from '../../lib/errors.ts';
import { cureOf } from '../../report/words/reasons.ts';
import { whyUnknown } from '../../report/words/unknown-words.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import { isSameModel } from '../../roboflow/results/model-identity.ts';
import type { VersionBody } from '../../roboflow/schema/version-body.ts';
import type { TrainingResults } from '../../training/await-results.ts';
import { fetchBaseline } from '../../training/fetch-baseline.ts';
import { fileBaseline } from '../../training/file-baseline.ts';
import type { JudgedTraining } from '../../training/training.ts';
import type { TrainingApi } from '../../training/training-api.ts';
import type { FollowedTraining } from '../follow/followed-training.ts';
import { wantedResults } from '../judge/wanted-figures.ts';
import { baselineWithEvaluation } from '../judge/with-evaluations.ts';

type BaselineInputs = Pick<Inputs, 'rules' | 'targets' | 'baseline' | 'onMissingBaseline' | 'confidence'>;

/** The same before anything is paid for: throws TrainGateError if it is named wrong, or a rule that needs it has nothing to compare with. */
export async function requiredBaseline(
  judged: JudgedTraining,
  inputs: BaselineInputs,
  versions: readonly VersionBody[],
  api: TrainingApi | undefined,
  here: InProject,
): Promise<Baseline> {
  requireBaselineVersion(inputs, versions);
  const baseline = await baselineFor(judged, inputs, api, here);
  requireBaseline(baseline, inputs, judged.id, here);
  return baseline;
}

/** The training that rules compare with. Without `api` the project has no version to look on. */
export async function baselineFor(
  judged: JudgedTraining,
  inputs: Omit<BaselineInputs, 'onMissingBaseline'>,
  api: TrainingApi | undefined,
  here: InProject,
): Promise<Baseline> {
  const { baseline: choice, rules } = inputs;
  if (choice === undefined) return { kind: 'none' };
  const read = () => {
    if (choice.kind === 'file') return fileBaseline(choice, judged, here.project);
    if (api === undefined) return { kind: 'missing', reason: 'the project has no version yet' } as const;
    return fetchBaseline(choice, judged, {
      api,
      wanted: wantedResults({ rules: rules.filter(compares), targets: [] }, 'none', rules),
      complete: (results, version) => baselineWithEvaluation(results, version, inputs, here),
    });
  };
  const baseline = await read();
  return unlessOf(judged.id === undefined ? [] : [judged.id], baseline, inputs, here);
}

/** `baseline`, unless the results show that it is the very training that is judged. One that this step started never is. */
export function unlessItself(
  baseline: Baseline,
  { origin, training }: Pick<FollowedTraining, 'origin' | 'training'>,
  { trainingId, models }: TrainingResults,
  inputs: Pick<BaselineInputs, 'rules'>,
  here: InProject,
): Baseline {
  if (origin === 'started' || baseline.kind === 'itself') return baseline;
  const own = trainingId === undefined ? [] : [trainingId];
  return unlessOf([training.id, ...own, ...models.map(({ id }) => id)], baseline, inputs, here);
}

/** `baseline`, unless it is the training that one of these ids is of: then rules that compare are not judged, which is told. */
function unlessOf(
  ids: readonly string[],
  baseline: Baseline,
  { rules }: Pick<BaselineInputs, 'rules'>,
  { project, log }: InProject,
): Baseline {
  const { ids: named = [], results } = baseline.kind === 'training' ? baseline : {};
  const own = results?.headline === undefined ? named : [...named, results.headline.id];
  const isOwn = own.some((one) => ids.some((other) => isSameModel(one, other, project.workspace)));
  if (!isOwn && baseline.kind !== 'itself') return baseline;
  const names = rules.filter(compares).map((rule) => `"${formatRule(rule)}"`);
  if (names.length > 0)
    log.warning(
      `The baseline is the very training that is judged, so rules that compare with it are not judged: ${names.join(', ')}. The others decide.`,
    );
  return { kind: 'itself' };
}

function compares({ bound }: Rule): boolean {
  return bound.kind === 'baseline';
}

/** Refuses a rule that has nothing to compare with; `existing` is the id of a training that is there. */
function requireBaseline(
  baseline: Baseline,
  { rules, targets, onMissingBaseline }: BaselineInputs,
  existing: string | undefined,
  { log }: Pick<InProject, 'log'>,
): void {
  if (baseline.kind === 'itself') return;
  const lacking = rules.filter(compares).flatMap((rule): readonly Lacking[] => {
    const lack = lackFor(rule, baselineFigure(rule, undefined, baseline, targets));
    return lack === undefined ? [] : [{ rule, lack }];
  });
  const deciding = lacking.filter(({ rule }) => decides(rule));
  const left =
    existing === undefined
      ? 'Nothing was started.'
      : `Training ${existing} was not judged, and was left as it is.`;
  const unread = deciding.find(({ lack }) => !isMissing(lack));
  if (unread !== undefined) throw unreadBaseline(unread, left);
  const missing = (onMissingBaseline === 'skip' ? lacking : deciding).filter(({ lack }) => isMissing(lack));
  if (missing.length === 0) return;
  const words = missingWords(missing);
  if (onMissingBaseline === 'skip') {
    log.warning(`${words}. As on-missing-baseline says, rules that need it are not judged.`);
    return;
  }
  const when =
    existing === undefined ? 'For a first training, set' : `To judge it, set job-id to ${existing}, and`;
  throw new TrainGateError(`${words}. ${left}`, {
    hint: `${when} on-missing-baseline to "skip": rules that need a baseline are then not judged, and the others decide. Or set baseline to a version that has a training.`,
  });
}

interface Lacking {
  readonly rule: Rule;
  readonly lack: BaselineLack | NoiseUnknown;
}

/** What a rule lacks of its baseline: the figure, or how sure that is. */
function lackFor(rule: Rule, found: BaselineFigure | BaselineLack): Lacking['lack'] | undefined {
  if (found.kind !== 'figure') return found;
  const { sample, uncounted } = found;
  const isKnown = sample !== undefined && !(uncounted && isOpen(uncounted));
  return isKnown || !hasNoise(rule) ? undefined : { kind: 'noise-unknown', lack: uncounted };
}

/** That there is no training is said before what one does not report. */
function missingWords(missing: readonly Lacking[]): string {
  const names = missing.map(({ rule }) => `"${formatRule(rule)}"`).join(' and ');
  for (const { lack } of missing) {
    if (lack.kind === 'baseline-missing') return `There is no baseline: ${lack.reason}`;
    if (lack.kind === 'baseline-not-reported')
      return `There is no baseline for ${names}: ${lack.file ?? `version ${lack.version}`} does not report what is compared`;
  }
  return '';
}

/** What failed, with its cause: it is not known whether there is something to compare with. */
function unreadBaseline({ rule, lack }: Lacking, left: string): Error {
  if (lack.kind === 'baseline-unread') return lack.error;
  const passing = passingLack(lack);
  return new TrainGateError(`"${formatRule(rule)}" cannot be judged: ${whyUnknown(lack)}. ${left}`, {
    hint: cureOf(lack),
    cause: passing?.kind === 'unread' ? passing.error : undefined,
  });
}

function requireBaselineVersion(
  { baseline }: Pick<Inputs, 'baseline'>,
  versions: readonly VersionBody[],
): void {
  if (baseline?.kind !== 'version') return;
  if (versions.some(({ number }) => number === baseline.version)) return;
  const [highest] = versions;
  throw new TrainGateError(
    `baseline is version ${baseline.version}, which does not exist. Nothing was started.`,
    {
      hint:
        highest === undefined
          ? 'The project has no version yet: leave baseline out.'
          : `The project has versions up to ${highest.number}: set baseline to one of them, or to "previous".`,
    },
  );
}
