import { isServerless, SERVERLESS } from './model.ts';
import type { HardwareTarget } from './picks.ts';
import { decides, type Rule } from './rules.ts';

/** What a workflow wants to know of the latency on Roboflow's Serverless API. */
export interface ServerlessNeed {
  /** The hardware, as the workflow spells it. */
  readonly name: string;
  /** The rules that cannot be judged without it. */
  readonly rules: readonly Rule[];
  readonly targets: readonly HardwareTarget[];
  /** Whether the outcome rests on it. Else it is only told of. */
  readonly isNeeded: boolean;
}

/** Whether a rule or target is about it at all. */
export function isAsked({ rules, targets }: ServerlessNeed): boolean {
  return targets.length + rules.length > 0;
}

/** What `rules` and `targets` need of it; `hasOwnLatency`: the training itself measures some, which a bare `latency` judges. */
export function serverlessNeed(
  rules: readonly Rule[],
  targets: readonly HardwareTarget[],
  hasOwnLatency: boolean,
): ServerlessNeed {
  const named = [...targets, ...rules].flatMap(({ hardware }) => hardware ?? []).find(isServerless);
  const own = rules.filter(
    ({ metric, hardware }) =>
      isServerless(hardware) || (metric === 'latency' && hardware === undefined && !hasOwnLatency),
  );
  const ownTargets = targets.filter(({ hardware }) => isServerless(hardware));
  const isNeeded = ownTargets.length > 0 || own.some(decides);
  return { name: named ?? SERVERLESS, rules: own, targets: ownTargets, isNeeded };
}
