import { parseRules } from '../gate/parse-rules.ts';
import type { Rule } from '../gate/rules.ts';
import { didYouMean } from '../lib/suggest.ts';
import type { BaselineChoice } from '../training/fetch-baseline.ts';
import { readTargets } from './hardware.ts';
import type { Reader } from './reader.ts';
import { parseVersionNumber } from './training-inputs.ts';

/** What trainings are judged by. */
export type GateInputs = Readonly<ReturnType<typeof readGate>>;

/** Reads what trainings are judged by. */
export function readGate(reader: Reader) {
  const rules = readRules(reader);
  return {
    rules,
    baseline: readBaseline(reader, rules),
    onMissingBaseline: reader.choice('on-missing-baseline', ['fail', 'skip'], 'fail'),
    targets: readTargets(reader),
    failBuild: reader.flag('fail-build', true),
  };
}

/** The rules in `thresholds`. A mistake has the number of its line. */
function readRules(reader: Reader): readonly Rule[] {
  const { rules, mistakes } = parseRules(reader.lines('thresholds').join('\n'));
  for (const { line, text, problem } of mistakes) reader.mistake('thresholds', `"${text}": ${problem}`, line);
  return rules;
}

/** The `baseline`, undefined if it is empty. That is a mistake if a rule compares with it. */
function readBaseline(reader: Reader, rules: readonly Rule[]): BaselineChoice | undefined {
  const value = reader.text('baseline');
  if (value === undefined) {
    if (rules.some(({ bound }) => bound.kind === 'baseline'))
      reader.mistake(
        'baseline',
        'is empty, but a rule in thresholds compares with it; set it to a version number or to "previous"',
      );
    return undefined;
  }
  if (value.toLowerCase() === 'previous') return { kind: 'previous' };
  const version = parseVersionNumber(value);
  if (version === undefined) {
    reader.mistake(
      'baseline',
      `"${value}" is not valid; valid: the number of a dataset version, or "previous"${didYouMean(value, ['previous'])}`,
    );
    return undefined;
  }
  return { kind: 'version', version };
}
