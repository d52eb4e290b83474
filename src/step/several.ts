import type { Inputs } from '../inputs/inputs.ts';
import type { Conclusion, TrainingFacts } from '../report/conclusion.ts';
import { createApi } from '../roboflow/http/api.ts';
import { resolveProject } from '../roboflow/resolve-project.ts';
import { afterGate } from './judge/after-gate.ts';
import { historyFor } from './judge/history-for.ts';
import type { Surroundings } from './main.ts';
import { compared } from './several/conclude-several.ts';
import { checkedSeveral } from './several/dry-run-several.ts';
import { prepareSeveral } from './several/prepare-several.ts';
import { sharedStarts } from './several/shared-starts.ts';
import { sideBySide } from './several/side-by-side.ts';
import { startedSeveral } from './several/started.ts';
import { trainingsOf } from './several/training-of-type.ts';

/**
 * The story of several model types: all are checked before any is started, then each is a training with its own start, wait and
 * results, and the best of them gives the headline model.
 * @param tell is told of the training that gives the headline model
 */
export async function judgeSeveral(
  inputs: Inputs,
  { runner, context, requestDeadlineMs, rerunSinceMs, comment }: Surroundings,
  tell: (facts: TrainingFacts) => void,
): Promise<Conclusion> {
  const timeoutAtMs = context.clock.now() + inputs.timeoutMs;
  const api = createApi({ ...inputs, requestDeadlineMs }, timeoutAtMs, context);
  const project = await resolveProject(api, inputs);
  const here = { api, project, ...context };

  const trainings = trainingsOf(inputs, { runner, project, requestDeadlineMs, timeoutAtMs, context });
  const planned = await prepareSeveral(trainings, inputs, rerunSinceMs);
  if (inputs.dryRun) return checkedSeveral(planned, inputs, project);

  if (inputs.comment && inputs.wait === 'job') comment.underWay(inputs.comment);
  const shared = sharedStarts(planned, timeoutAtMs, here);
  const ends = await sideBySide(planned, inputs, { runner, timeoutAtMs, rerunSinceMs, shared }, context);
  if (inputs.wait !== 'job') return startedSeveral(ends, inputs);

  const { conclusion, best } = compared(ends, inputs);
  if (best === undefined) return conclusion;
  const history = await historyFor(best.training, best.baseline, inputs.rules, here);
  if (conclusion.kind !== 'judged')
    return { ...conclusion, against: { baseline: best.baseline, previous: history.previous } };
  tell(best.facts);
  const to = { here, runner, requestDeadlineMs };
  return afterGate({ ...conclusion, ...history }, best.training, inputs, to);
}
