import type { RuleResult } from '../../gate/decide.ts';
import { formatTarget } from '../../gate/rules.ts';
import type { Conclusion, Judged } from '../conclusion.ts';
import { LONGEST_PHRASE, prose } from './markdown.ts';
import { ROUNDED } from './numbers.ts';
import { reasonsAgainst } from './reasons.ts';

/** The first line of the report: the verdict, in words that need nothing else. */
export function verdictLine(conclusion: Conclusion): string {
  switch (conclusion.kind) {
    case 'started':
      return conclusion.inFlight
        ? '## ⏳ Started: the training runs on, and nothing is judged yet'
        : '## ⏳ Started: the training is over already, and nothing is judged yet';
    case 'skipped':
      return `## ⏭️ Skipped: ${prose(conclusion.reason, LONGEST_PHRASE)}`;
    case 'undecided':
      return `## ⚠️ Undecided: ${prose(conclusion.reason, LONGEST_PHRASE)}`;
    case 'judged':
      return judgedLine(conclusion);
  }
}

function judgedLine(judged: Judged): string {
  const rules = bindingRules(judged);
  switch (judged.verdict.outcome) {
    case 'passed':
      return rules.length === 0
        ? '## ✅ Passed: the training succeeded'
        : `## ✅ Passed: ${rulesThatHold(rules.length, judged.verdict.rules.length > rules.length)}`;
    case 'failed':
      return `## ❌ Failed: ${prose(whatFailed(judged), LONGEST_PHRASE)}`;
    case 'undecided':
      return `## ⚠️ Undecided: ${prose(onlyReason(judged) ?? whatIsUnknown(judged), LONGEST_PHRASE)}`;
  }
}

/**
 * The one reason that a run is no pass for, where the verdict itself says it. Why a rule cannot be judged is too long for
 * that.
 */
export function onlyReason(judged: Judged): string | undefined {
  const [first, ...others] = reasonsAgainst(judged, ROUNDED);
  return others.length > 0 || unknownRules(judged).length > 0 ? undefined : first;
}

/** `2 of 3 rules do not hold, no model for T4`; `1 of 3 rules: map50 73.1, wanted >= 80 (short by 6.9)`. */
function whatFailed(judged: Judged): string {
  const rules = bindingRules(judged);
  const broken = rules.filter(({ state }) => state === 'broken').length;
  const only = onlyReason(judged);
  if (only !== undefined)
    return broken === 1 && rules.length > 1 ? `1 of ${rules.length} rules: ${only}` : only;
  const ofRules = broken === 0 ? [] : [rulesThatDoNotHold(broken, rules.length)];
  return [...ofRules, ...withoutModel(judged)].join(', ');
}

/** `2 of 2 rules hold`; beside rules that only warn, which may be broken, `the rule that counts holds`. */
function rulesThatHold(count: number, besideWarnings: boolean): string {
  if (count === 1) return `the rule${besideWarnings ? ' that counts' : ''} holds`;
  return `${count} of ${count} rules${besideWarnings ? ' that count' : ''} hold`;
}

/** `2 of 3 rules do not hold`. */
function rulesThatDoNotHold(count: number, all: number): string {
  if (all === 1) return 'the rule does not hold';
  return `${count} of ${all} rules ${count === 1 ? 'does' : 'do'} not hold`;
}

function whatIsUnknown(judged: Judged): string {
  const unknown = unknownRules(judged);
  const [first, ...others] = unknown;
  if (first === undefined) return withoutModel(judged).join();
  return others.length === 0
    ? `${formatTarget(first.rule)} cannot be judged`
    : `${unknown.length} rules cannot be judged`;
}

function withoutModel({ verdict, targetsGiven }: Judged): readonly string[] {
  const missing = verdict.picks.flatMap((pick) =>
    pick.kind === 'missing' && targetsGiven ? [pick.hardware] : [],
  );
  if (missing.length === 0) return [];
  return [
    missing.length === 1 ? `no model for ${missing[0]}` : `no model for ${missing.length} hardware targets`,
  ];
}

function bindingRules({ verdict }: Judged): readonly RuleResult[] {
  return verdict.rules.filter(({ rule }) => rule.severity === 'fail');
}

function unknownRules(judged: Judged): readonly RuleResult[] {
  return bindingRules(judged).filter(({ state }) => state === 'unknown');
}
