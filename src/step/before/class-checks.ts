import { type Baseline, baselineFigure } from '../../gate/baseline.ts';
import { classNamed } from '../../gate/class-named.ts';
import { decides, formatRule, type Rule } from '../../gate/rules.ts';
import type { Log } from '../../lib/context.ts';
import { TrainGateError } from '../../lib/errors.ts';
import { listed } from '../../lib/fit-text.ts';
import { nearestChoice } from '../../lib/suggest.ts';
import { splitWord } from '../../report/words/words.ts';
import type { VersionBody } from '../../roboflow/schema/version-body.ts';
import type { PlannedStart } from './make-plan.ts';

/** A class that the version does not have is refused with the nearest one, as a typing slip; one that only warns is told of. */
export function requireKnownClasses(
  rules: readonly Rule[],
  { number, classes }: VersionBody,
  log: Log,
): void {
  // What it does not tell is only known after the training.
  if (classes.length === 0) return;
  for (const rule of rules) {
    if (rule.ofClass?.kind !== 'one') continue;
    const { name } = rule.ofClass;
    if (classNamed(name, classes) !== undefined) continue;
    const message = `The rule "${formatRule(rule)}" names the class "${name}", which version ${number} does not have.`;
    const choice = nearestChoice(name, classes);
    const nearest = choice === undefined ? '' : `Did you mean "${choice}"? `;
    refuseOrWarn(rule, message, `${nearest}Its classes are: ${listed(classes, 30)}.`, log);
  }
}

function refuseOrWarn(rule: Rule, message: string, hint: string, log: Log): void {
  if (decides(rule)) throw new TrainGateError(`${message} Nothing was started.`, { hint });
  log.warning(`${message} ${hint}`);
}

/** A class of which the version itself counts no objects has no figure: a rule on it is refused, or told of if it only warns. */
export function requireObjects(rules: readonly Rule[], version: VersionBody, log: Log): void {
  for (const rule of rules) {
    if (rule.ofClass?.kind !== 'one' || rule.metric === 'objects') continue;
    const where = withoutObjects(rule.ofClass.name, rule.split ?? 'valid', version);
    if (where === undefined) continue;
    const message = `The rule "${formatRule(rule)}" has nothing to judge: ${where} has no objects of the class "${rule.ofClass.name}".`;
    refuseOrWarn(rule, message, 'Label some and generate a version, or take the rule out.', log);
  }
}

/**
 * Tells of classes that the version has and the baseline has not: a rule on every class has nothing to compare them with. Whether the
 * split that it judges has objects of them, only the training shows.
 */
export function warnOfNewClasses(
  rules: readonly Rule[],
  { number, classes }: VersionBody,
  baseline: Baseline,
  log: Log,
): void {
  for (const rule of rules) {
    if (rule.ofClass?.kind !== 'every' || rule.bound.kind !== 'baseline') continue;
    const isNew = (name: string) => {
      const found = baselineFigure({ ...rule, ofClass: { kind: 'one', name } }, undefined, baseline, []);
      return 'why' in found && found.why.kind === 'no-figure' && found.why.why.kind === 'no-class';
    };
    const own = classes.filter(isNew);
    if (own.length > 0)
      log.warning(
        `Version ${number} has classes that the baseline does not have: ${listed(own, 10)}. If they have objects on ${splitWord(rule.split ?? 'valid')}, "${formatRule(rule)}" has nothing to compare them with. Set on-missing-baseline to "skip" to judge only the others.`,
      );
  }
}

/** Which part of the version has no object of a class, as far as it tells that itself. */
function withoutObjects(
  className: string,
  split: 'valid' | 'test',
  { number, objects, trainResults }: VersionBody,
): string | undefined {
  const whole = classNamed(className, [...objects.keys()]);
  if (whole !== undefined && (objects.get(whole) ?? 1) <= 0) return `version ${number}`;
  const rows = new Map(trainResults.get(split)?.map((row) => [row.class, row]));
  const row = rows.get(classNamed(className, [...rows.keys()]) ?? '');
  return row?.targets === 0 ? `the ${splitWord(split)} split of version ${number}` : undefined;
}

/** Says of which classes the project has no objects today. A version is a snapshot, so it may have some; a new one has none. */
export function warnOfEmptyClasses(
  { version, versions }: Pick<PlannedStart, 'version' | 'versions'>,
  log: Log,
): void {
  const counts = [...((version ?? versions[0])?.projectObjects ?? [])];
  // As far as the version tells, it has the class too, and counts no objects of it.
  const isThere = (name: string) =>
    version === undefined ||
    ((version.classes.length === 0 || version.classes.includes(name)) &&
      (version.objects.get(name) ?? 0) <= 0);
  const empty = counts.flatMap(([name, count]) => (count <= 0 && isThere(name) ? [name] : []));
  if (empty.length === 0) return;
  log.warning(
    `The project has no objects of ${empty.length === 1 ? 'the class' : `${empty.length} classes:`} ${listed(empty, 10)}. A rule on such a class may have nothing to judge.`,
  );
}
