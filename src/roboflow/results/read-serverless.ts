import { candidatesOf, isServerless, latencyOn, type Model } from '../../gate/model.ts';
import { isAsked, type ServerlessNeed } from '../../gate/serverless.ts';
import type { EvaluationReading } from '../../training/await-evaluation.ts';
import type { TrainingResults } from '../../training/await-results.ts';
import { getComparison } from '../endpoints/evaluations.ts';
import type { ComparedModel } from '../schema/evaluation-body.ts';
import { type EvaluationReader, findEvaluations } from './find-evaluation.ts';
import { isSameModel } from './model-identity.ts';
import { partOf } from './read-evaluation.ts';

/**
 * The models of `results` with their latency on Roboflow's Serverless API, which it measures with each evaluation
 * (docs/internals/roboflow-api.md#comparison-of-models). As long as none has one, how far the evaluations are, if rules or targets ask.
 */
export async function readServerless(
  reader: EvaluationReader,
  results: TrainingResults,
  version: number,
  need: ServerlessNeed,
): Promise<EvaluationReading<readonly Model[]>> {
  const { here, patience } = reader;
  const compared = await partOf(() => getComparison(here, version, patience));
  if (compared.lack !== undefined) return compared.lack;
  const rowsOf = ({ id }: Model) =>
    compared.value?.filter(({ modelId }) => isSameModel(modelId, id, here.project.workspace)) ?? [];
  const timed = results.models.map((model) => withLatency(model, rowsOf(model), need.name));
  const candidates = candidatesOf(timed);
  if (candidates.some((model) => latencyOn(model, need.name) !== undefined))
    return { kind: 'done', figures: [], found: timed, lacking: [] };
  const said = reasonIn(candidates.flatMap(rowsOf));
  if (!isAsked(need)) return { kind: 'none', said };
  const listed = await partOf(() => findEvaluations(reader, version, candidates, results));
  if (listed.lack !== undefined) return listed.lack;
  const { rows = [], evaluated = [] } = listed.value ?? {};
  if (rows.length === 0) return { kind: 'none', evaluated, said };
  if (rows.some(({ status }) => status === 'running' || status === 'unknown')) return { kind: 'running' };
  return { kind: rows.some(({ status }) => status === 'done') ? 'untimed' : 'failed', said };
}

/** Rows of one model that differ tell nothing. */
function withLatency(model: Model, rows: readonly ComparedModel[], name: string): Model {
  const [ms, ...others] = new Set(rows.map(({ medianLatencyMs }) => medianLatencyMs));
  if (ms === undefined || others.length > 0)
    return { ...model, serverlessLack: { kind: 'untimed', said: reasonIn(rows) } };
  const trained = [...model.latencyMs].filter(([hardware]) => !isServerless(hardware));
  return { ...model, latencyMs: new Map([...trained, [name, ms]]) };
}

function reasonIn(rows: readonly ComparedModel[]): string | undefined {
  return rows.find(({ exclusionReason }) => exclusionReason !== undefined)?.exclusionReason;
}
