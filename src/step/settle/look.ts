import { lackOf } from '../../gate/baseline.ts';
import type { Verdict } from '../../gate/decide.ts';
import { isBinding, passingLack, type RuleResult, type UnknownReason } from '../../gate/rule-result.ts';
import type { EvaluationLack } from '../../gate/split-figures.ts';
import type { StatusSubject } from '../../github/status/target-url.ts';
import type { SettleInputs } from '../../inputs/settle-inputs.ts';
import { InterruptedError, TrainGateError } from '../../lib/errors.ts';
import { undecided, undecidedByEnd } from '../../report/conclusion.ts';
import { routeNamed } from '../../roboflow/apis/choose-route.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import { NO_WAIT } from '../../training/await-evaluation.ts';
import { takenResults } from '../../training/await-results.ts';
import { isOtherType } from '../../training/model-type.ts';
import { hasEnded, type Training, withKnown } from '../../training/training.ts';
import { baselineFor, unlessItself } from '../before/required-baseline.ts';
import { endWithoutResults } from '../follow/end-of.ts';
import { attachTo, type FollowedTraining, factsOf } from '../follow/followed-training.ts';
import { judge } from '../judge/conclude.ts';
import { wantedResults } from '../judge/wanted-figures.ts';
import { withEvaluations } from '../judge/with-evaluations.ts';
import type { Sight } from './next-status.ts';

/** A training that Roboflow does not show, or a start that shows no training, may be a flicker for so long. */
const DOUBT_MS = 60 * 60_000;

/** What may still come of a training that has ended, results and an evaluation, is given so long. */
const COMING_MS = 30 * 60_000;

const NEVER_STARTED = undecided(
  'never started',
  'The step that was to start a training ended before any showed. Re-run its job; a training that it started after all is on Roboflow.',
);

/** In place of the API's word for a training that the API does not know. */
const UNKNOWN = 'not found on Roboflow';

/**
 * Looks at the training of a status once, and waits for nothing. If it has ended, it is judged. Throws only if the step is interrupted.
 * @param isGone whether the project has its version no more
 */
export async function lookAt(
  { job, ...subject }: StatusSubject,
  isGone: boolean,
  inputs: SettleInputs,
  here: InProject,
): Promise<Sight> {
  if (job === undefined)
    return { kind: 'awaited', word: undefined, forMs: DOUBT_MS, conclusion: NEVER_STARTED };
  if (isGone) return unknownTraining(job.id);
  try {
    return await seen(job, subject, inputs, here);
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    return { kind: 'trouble', error };
  }
}

function unknownTraining(id: string): Sight {
  const conclusion = undecided(`training ${id} was ${UNKNOWN}`);
  return { kind: 'awaited', word: UNKNOWN, forMs: DOUBT_MS, conclusion };
}

async function seen(
  job: NonNullable<StatusSubject['job']>,
  subject: Omit<StatusSubject, 'job'>,
  inputs: SettleInputs,
  here: InProject,
): Promise<Sight> {
  const route = routeNamed(job.route, here);
  const found = await route.find(job.id, subject.version);
  if (found === undefined) return unknownTraining(job.id);
  const other = whyNotAsTold(found, subject);
  if (other !== undefined) return { kind: 'ended', conclusion: undecided(other) };
  const training = withKnown(found, { ...subject, createdAtMs: subject.startedAtS * 1000 });
  if (!hasEnded(training.phase)) return { kind: 'in-flight', training };
  const followed = await attachTo(training, { route, reason: 'as the status says' });
  const end = endWithoutResults(training, inputs.rules);
  if (end === undefined) return judged(followed, inputs, here);
  const facts = factsOf(here.project, followed);
  return { kind: 'ended', conclusion: undecidedByEnd(end, facts, inputs.rules), facts };
}

async function judged(followed: FollowedTraining, inputs: SettleInputs, here: InProject): Promise<Sight> {
  const { training, route } = followed;
  const named = await baselineFor(training, inputs, route, here);
  const reading = await route.results(training, undefined, wantedResults(inputs, 'none'));
  const mayCome = { kind: 'awaited', word: training.status, forMs: COMING_MS } as const;
  const results = takenResults(training.id, reading, COMING_MS);
  if (results instanceof TrainGateError) {
    const conclusion = undecided(results.message, results.hint);
    const end = { conclusion, facts: factsOf(here.project, followed) };
    return reading.kind === 'not-yet' ? { ...mayCome, ...end } : { kind: 'ended', ...end };
  }
  const baseline = unlessItself(named, followed, results, inputs, here);
  const evaluated = await withEvaluations(results, followed, baseline, inputs, here, NO_WAIT);
  const conclusion = judge(evaluated, baseline, inputs);
  const end = { conclusion, facts: factsOf(here.project, followed, undefined, results) };
  const whys = unknownIn(conclusion.verdict, inputs);
  const lacks = whys.flatMap((why) => passingLack(why) ?? []);
  for (const lack of lacks) if (lack.kind === 'unread') throw lack.error;
  if (lacks.length > 0) return { kind: 'awaited', word: 'being evaluated', forMs: inputs.maxAgeMs, ...end };
  const isIncomplete = reading.kind === 'incomplete';
  const isOpen =
    (isIncomplete && reading.lacks === 'models') ||
    (conclusion.verdict.outcome === 'undecided' && (isIncomplete || whys.map(lackOf).some(mayBeEvaluated))) ||
    conclusion.verdict.rules.some(isWithoutEvaluation);
  return isOpen ? { ...mayCome, ...end } : { kind: 'ended', ...end };
}

/** Why rules that count could not be judged, and no model be picked for targets that are named. */
function unknownIn({ rules, picks }: Verdict, { targets }: SettleInputs): readonly UnknownReason[] {
  const ofRules = rules.flatMap((result) =>
    isBinding(result) && result.state === 'unknown' ? result.why : [],
  );
  const missing = targets.length > 0 ? picks.filter((pick) => pick.kind === 'missing') : [];
  return [...ofRules, ...missing.map((pick) => ({ kind: 'no-pick', missing: pick }) as const)];
}

/** Whether an evaluation may still begin, or bring a latency that it has not yet. */
function mayBeEvaluated(lack: EvaluationLack | undefined): boolean {
  return lack?.kind === 'none' || lack?.kind === 'untimed';
}

/** Whether objects told noise that an evaluation may still tell. */
function isWithoutEvaluation(result: RuleResult): boolean {
  return result.state !== 'unknown' && isBinding(result) && mayBeEvaluated(result.uncounted);
}

/** A status names version and model type too, and what it names must be one training. */
function whyNotAsTold(
  { id, version, modelType }: Training,
  subject: Pick<StatusSubject, 'version' | 'modelType'>,
): string | undefined {
  if (version !== undefined && subject.version !== undefined && version !== subject.version)
    return `training ${id} is on version ${version}, and the status says ${subject.version}`;
  return isOtherType(modelType, subject.modelType)
    ? `training ${id} is a ${modelType}, and the status says ${subject.modelType}`
    : undefined;
}
