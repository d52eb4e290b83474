import { judgeRule } from '../../gate/judge-rule.ts';
import { isCount } from '../../gate/metric.ts';
import { headedBy } from '../../gate/picks.ts';
import type { JudgedRule } from '../../gate/rule-result.ts';
import { decides, type Rule } from '../../gate/rules.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { Log } from '../../lib/context.ts';
import type { Judged } from '../../report/conclusion.ts';
import { ruleSentence } from '../../report/words/reasons.ts';
import { countsOfVersion } from '../../roboflow/results/version-results.ts';
import type { VersionBody } from '../../roboflow/schema/version-body.ts';

/** Rules break whatever is trained: nothing is started. It is a verdict and no failure, so that nothing takes it for one on the way. */
export class BrokenBefore extends Error {
  readonly conclusion: Judged;

  constructor(rules: readonly JudgedRule[], { failBuild }: Pick<Inputs, 'failBuild'>) {
    const broken = rules.filter(({ rule, state }) => decides(rule) && state === 'broken');
    super(broken.map(ruleSentence).join('; '));
    const nothing = { headline: undefined, passedOver: undefined, picks: [], offer: undefined };
    const verdict = { outcome: 'failed', rules, ...nothing } as const;
    this.conclusion = {
      kind: 'judged',
      verdict,
      isAccepted: !failBuild,
      models: [],
      targetsGiven: false,
      baseline: { kind: 'none' },
    };
  }
}

/**
 * Refuses what the version's counts rule out.
 * @throws BrokenBefore if a rule that counts does not hold; one that only warns is told in `log`
 */
export function requireCounts(
  inputs: Pick<Inputs, 'rules' | 'failBuild'>,
  version: VersionBody,
  log: Pick<Log, 'warning'>,
): void {
  const judged = judgedByCounts(inputs.rules, version);
  const broken = judged.filter(({ state }) => state === 'broken');
  if (broken.some(({ rule }) => decides(rule))) throw new BrokenBefore(judged, inputs);
  for (const result of broken) log.warning(`Version ${version.number}: ${ruleSentence(result)}.`);
}

/** The results of those `rules` on objects and images that the version tells before anything is trained on it. */
export function judgedByCounts(rules: readonly Rule[], version: VersionBody): readonly JudgedRule[] {
  // One that is still being generated has none yet.
  if (version.generating || version.images === 0) return [];
  const model = {
    id: `version ${version.number}`,
    type: undefined,
    family: undefined,
    finished: true,
    metrics: new Map(),
    latencyMs: new Map(),
    unreadable: [],
    details: { figures: countsOfVersion(version), lacking: [] },
  };
  const results = headedBy(model, { models: [model], recommended: new Map() });
  const none = {
    baselineOf: () => ({ kind: 'none' }) as const,
    onMissingBaseline: 'fail',
    targets: [],
  } as const;
  return rules
    .filter(({ metric }) => isCount(metric))
    .map((rule) => judgeRule(rule, { results, ...none }))
    .flatMap((result) => (result.state === 'unknown' ? [] : [{ ...result, modelId: undefined }]));
}
