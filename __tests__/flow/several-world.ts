import type { Scenario, SimulatedModel, TrainingIdentity, TrainingPlan } from '../../simulator/scenario.ts';
import { brief } from './scenes.ts';

/** What the model of a type reaches; a type that is not there makes no model. */
export type Reached = Readonly<Record<string, { readonly map50: number; readonly map5095: number }>>;

/** What three types reach: the first holds `map50 >= 80`, the second is more accurate and does not. */
export const REACHED: Reached = {
  'rfdetr-nano': { map50: 84.2, map5095: 50.5 },
  'rfdetr-small': { map50: 73.1, map5095: 61.7 },
  'rfdetr-medium': { map50: 81.5, map5095: 48.1 },
};

export const THREE = Object.keys(REACHED).join('\n');

/** A brief fine-tune whose figures depend on its type. */
export function severalTypes(reached: Reached = REACHED, changes: Partial<TrainingPlan> = {}): Scenario {
  const results = ({ workspace, id, modelType }: TrainingIdentity): readonly SimulatedModel[] => {
    const metrics = reached[modelType];
    const slug = `${modelType}-${id.slice(0, 6)}`;
    const found = { modelId: `${workspace}/${slug}`, url: `${workspace}/${slug}`, name: slug, modelType };
    return [{ ...found, status: 'finished', metrics: metrics === undefined ? null : { ...metrics } }];
  };
  const scenario = brief('fine-tune', { results, ...changes });
  return { ...scenario, modelTypes: [...new Set([...scenario.modelTypes, ...Object.keys(reached)])] };
}

/** An entry of the output `runs`. */
export interface RunEntry {
  readonly 'model-type': string;
  readonly 'job-id': string | null;
  readonly url: string | null;
  readonly status: string | null;
  readonly outcome: string;
  readonly 'model-id': string | null;
  readonly map50: number | null;
}

/** The output `runs`. */
export function runsIn(outputs: ReadonlyMap<string, string>): readonly RunEntry[] {
  return JSON.parse(outputs.get('runs') ?? '');
}
