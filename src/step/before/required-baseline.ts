import type { Baseline } from '../../gate/decide.ts';
import { measure } from '../../gate/measure.ts';
import { formatRule, type Rule } from '../../gate/rules.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { TrainGateError } from '../../lib/errors.ts';
import type { InProject } from '../../roboflow/http/in-project.ts';
import type { VersionBody } from '../../roboflow/schema/version-body.ts';
import { type Compared, type CompleteResults, fetchBaseline } from '../../training/baseline.ts';
import type { TrainingApi } from '../../training/training-api.ts';
import { wantedOfBaseline } from '../judge/wanted-results.ts';
import { baselineWithEvaluation } from '../judge/with-evaluations.ts';

/** What becomes of the training if there is no baseline for it: it is not started; it is left as it is; or it is settled. */
export type WithoutBaseline =
  | { readonly kind: 'not-started' }
  | { readonly kind: 'left'; readonly id: string }
  | { readonly kind: 'settled' };

type BaselineInputs = Pick<Inputs, 'rules' | 'targets' | 'baseline' | 'onMissingBaseline'>;

/**
 * The training that rules compare with. If there is none yet, or none with the metric that a rule needs,
 * `on-missing-baseline` decides.
 * @param route undefined if the project has no version to look on
 * @throws TrainGateError if a rule needs a baseline that is missing and is not to be skipped
 */
export async function requiredBaseline(
  inputs: BaselineInputs,
  judged: Compared,
  without: WithoutBaseline,
  route: TrainingApi | undefined,
  here: InProject,
): Promise<Baseline> {
  const { rules, baseline: choice, onMissingBaseline } = inputs;
  const complete: CompleteResults = (results, version) =>
    baselineWithEvaluation(results, version, inputs, here);
  const baseline: Baseline =
    route === undefined
      ? { kind: 'missing', reason: 'the project has no version yet' }
      : await fetchBaseline(choice, judged, route, wantedOfBaseline(rules), complete);
  const lack = whatIsMissing(baseline, inputs);
  if (lack === undefined) return baseline;
  if (onMissingBaseline === 'skip') {
    here.log.warning(
      `There is no baseline: ${lack}. As on-missing-baseline says, rules that need it are not judged.`,
    );
    return { kind: 'skipped', reason: lack };
  }
  throw missingBaseline(lack, without);
}

const SKIP =
  'on-missing-baseline to "skip": rules that need a baseline are then not judged, and the others decide';

function missingBaseline(lack: string, without: WithoutBaseline): TrainGateError {
  const message = `There is no baseline: ${lack}`;
  const or = 'Or set baseline to a version that has a training.';
  const hint = `For a first training, set ${SKIP}. ${or}`;
  switch (without.kind) {
    case 'not-started':
      return new TrainGateError(`${message}. Nothing was started.`, { hint });
    case 'left': {
      const { id } = without;
      const toJudge = `To judge it, set job-id to ${id}, and ${SKIP}. ${or}`;
      return new TrainGateError(`${message}. Training ${id} was not judged, and was left as it is.`, {
        hint: toJudge,
      });
    }
    case 'settled':
      return new TrainGateError(`${message}.`, { hint });
  }
}

/** Undefined if every rule that compares has something to compare with. */
function whatIsMissing(baseline: Baseline, { rules, targets }: BaselineInputs): string | undefined {
  const comparing = rules.filter(({ bound }) => bound.kind === 'baseline');
  if (comparing.length === 0 || baseline.kind === 'none' || baseline.kind === 'skipped') return undefined;
  if (baseline.kind === 'missing') return baseline.reason;
  const { version, results } = baseline;
  const isMissing = (rule: Rule) => measure(rule, results, targets).kind !== 'measured';
  const first = comparing.find(isMissing);
  return first && `version ${version} does not report what "${formatRule(first)}" needs`;
}

/** @throws TrainGateError if `baseline` names a version that does not exist */
export function requireBaselineVersion(
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
