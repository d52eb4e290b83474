import { isBinding } from '../../gate/decide.ts';
import { formatRule, isOnDetails, type Rule } from '../../gate/rules.ts';
import { type Compared, resultOf } from './compared.ts';
import type { JudgedPage } from './page.ts';

/** A phone shows no more beside the model type and the metric that ranks. */
const MOST_COLUMNS = 2;

/** The rules that the table of the trainings has a column for: those that not all hold before the rest, in the workflow's order. */
export function ruleColumns({ rules, withModel }: Compared): readonly Rule[] {
  const place = (rule: Rule) => {
    const results = withModel.map((training) => resultOf(training, rule));
    const isHeld = results.every((result) => result === undefined || result.state === 'holds');
    const counts = results.some((result) => result !== undefined && isBinding(result));
    return (isHeld ? 2 : 0) + (counts ? 0 : 1);
  };
  const chosen = rules.toSorted((a, b) => place(a) - place(b)).slice(0, MOST_COLUMNS);
  return rules.filter((rule) => chosen.includes(rule));
}

/** Whether `rule` is about the metric that ranks, so that its column has that metric of each training. */
export function isOnRank(rule: Rule, { ranking }: Compared): boolean {
  return rule.metric === ranking?.metric && rule.hardware === undefined && !isOnDetails(rule);
}

/** Whether the table of the trainings says all that there is to say of the rules of the step. */
export function tableTellsRules({ judged, compared }: JudgedPage): boolean {
  if (compared === undefined) return false;
  const columns = ruleColumns(compared);
  return judged.verdict.rules.every((result) => {
    const { rule } = result;
    const isPlain = rule.bound.kind === 'value' && rule.hardware === undefined && !isOnDetails(rule);
    // Why a training has no model is said there too.
    const isTold = result.state !== 'unknown' || result.why.kind === 'training-without-model';
    return isTold && isPlain && columns.some((column) => formatRule(column) === formatRule(rule));
  });
}
