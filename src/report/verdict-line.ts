import { formatTarget } from '../gate/rules.ts';
import type { Conclusion, Judged } from './conclusion.ts';
import { LONGEST_PHRASE, prose } from './markdown.ts';
import { ROUNDED } from './numbers.ts';
import { reasonsAgainst } from './reasons.ts';

/** The first line of the report: the verdict, in words that need nothing else. */
export function verdictLine(conclusion: Conclusion): string {
  switch (conclusion.kind) {
    case 'started':
      return '## ⏳ Started: the training runs on, and nothing is judged yet';
    case 'skipped':
      return `## ⏭️ Skipped: ${prose(conclusion.reason, LONGEST_PHRASE)}`;
    case 'undecided':
      return `## ⚠️ Undecided: ${prose(conclusion.reason, LONGEST_PHRASE)}`;
    case 'judged':
      return judgedLine(conclusion);
  }
}

function judgedLine(judged: Judged): string {
  const rules = judged.verdict.rules.filter(({ rule }) => rule.severity === 'fail');
  switch (judged.verdict.outcome) {
    case 'passed':
      return rules.length === 0
        ? '## ✅ Passed: the training succeeded'
        : `## ✅ Passed: ${rulesThat(true, rules.length, rules.length)}`;
    case 'failed':
      return `## ❌ Failed: ${prose(onlyReason(judged) ?? whatFailed(judged), LONGEST_PHRASE)}`;
    case 'undecided':
      return `## ⚠️ Undecided: ${prose(whatIsUnknown(judged), LONGEST_PHRASE)}`;
  }
}

/** The one reason that a run failed for; undefined where it did not, or for more than one. */
export function onlyReason(judged: Judged): string | undefined {
  const [first, ...others] = reasonsAgainst(judged, ROUNDED);
  return judged.verdict.outcome === 'failed' && others.length === 0 ? first : undefined;
}

/** `2 of 3 rules do not hold, no model for T4`. */
function whatFailed({ verdict }: Judged): string {
  const rules = verdict.rules.filter(({ rule }) => rule.severity === 'fail');
  const broken = rules.filter(({ state }) => state === 'broken').length;
  const ofRules = broken === 0 ? [] : [rulesThat(false, broken, rules.length)];
  return [...ofRules, ...withoutModel(verdict)].join(', ');
}

/** `2 of 3 rules do not hold`, `the rule holds`. */
function rulesThat(hold: boolean, count: number, all: number): string {
  if (all === 1) return hold ? 'the rule holds' : 'the rule does not hold';
  return `${count} of ${all} rules ${hold ? 'hold' : count === 1 ? 'does not hold' : 'do not hold'}`;
}

function whatIsUnknown({ verdict }: Judged): string {
  const unknown = verdict.rules.filter(({ rule, state }) => rule.severity === 'fail' && state === 'unknown');
  const [first, ...others] = unknown;
  if (first === undefined) return withoutModel(verdict).join();
  return others.length === 0
    ? `${formatTarget(first.rule)} cannot be judged`
    : `${unknown.length} rules cannot be judged`;
}

function withoutModel({ picks }: Judged['verdict']): readonly string[] {
  const missing = picks.flatMap((pick) => (pick.kind === 'missing' ? [pick.hardware] : []));
  if (missing.length === 0) return [];
  return [
    missing.length === 1 ? `no model for ${missing[0]}` : `no model for ${missing.length} hardware targets`,
  ];
}
