import { parseRules } from '../gate/parse-rules.ts';
import type { Rule } from '../gate/rules.ts';
import { didYouMean } from '../lib/suggest.ts';
import type { BaselineChoice } from '../training/baseline.ts';
import type { Reader } from './reader.ts';
import type { TrainingInputs } from './run.ts';
import { versionNumber } from './version-number.ts';

/** The `thresholds`, with the number of the line in each mistake. */
export function readRules(read: Reader): readonly Rule[] {
  const { rules, mistakes } = parseRules(read.lines('thresholds').join('\n'));
  for (const { line, text, problem, suggestion } of mistakes) {
    const hint = suggestion === undefined ? '' : `; did you mean "${suggestion}"?`;
    read.mistake('thresholds', `"${text}": ${problem}${hint}`, line);
  }
  return rules;
}

/** What rules compare with; needed as soon as one of them does. */
export function readBaseline(
  read: Reader,
  run: TrainingInputs,
  rules: readonly Rule[],
): BaselineChoice | undefined {
  const value = read.text('baseline');
  if (value === undefined) {
    if (rules.some(({ bound }) => bound.kind === 'baseline'))
      read.mistake(
        'baseline',
        'is empty, but a rule in thresholds compares with it; set it to a version number or to "previous"',
      );
    return undefined;
  }
  if (value.toLowerCase() === 'previous') return { kind: 'previous' };
  const version = versionNumber(value);
  if (version === undefined) {
    read.mistake(
      'baseline',
      `"${value}" is not valid; valid: the number of a dataset version, or "previous"${didYouMean(value, ['previous'])}`,
    );
    return undefined;
  }
  if (run.version?.kind === 'number' && run.version.number === version)
    read.mistake(
      'baseline',
      `"${value}" is the version that is trained itself; choose another, or "previous"`,
    );
  return { kind: 'version', version };
}
