import { sameHardware } from '../gate/model.ts';
import { parseRules } from '../gate/parse-rules.ts';
import type { HardwareTarget } from '../gate/picks.ts';
import type { Rule } from '../gate/rules.ts';
import { reasonOf } from '../lib/errors.ts';
import { didYouMean } from '../lib/suggest.ts';
import type { BaselineChoice } from '../training/fetch-baseline.ts';
import { readResultsFile } from './read-results-file.ts';
import { entriesIn, type Reader, withoutComment } from './reader.ts';
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
    confidence: readConfidence(reader),
    failBuild: reader.flag('fail-build', true),
  };
}

/** The rules in `thresholds`, or in the file that it names. A mistake has the number of its line. */
function readRules(reader: Reader): readonly Rule[] {
  const lines = reader.lines('thresholds');
  const path = pathIn(lines);
  const written =
    path === undefined
      ? lines.join('\n')
      : reader.file('thresholds', path, 'a rule, which needs one comparison, as in "map50 >= 80",');
  if (written === undefined) return [];
  const place = path === undefined ? 'thresholds' : `thresholds, ${path}`;
  const { rules, mistakes } = parseRules(written);
  for (const { line, text, problem } of mistakes) reader.mistake(place, `"${text}": ${problem}`, line);
  if (path !== undefined && rules.length + mistakes.length === 0)
    reader.mistake(place, 'has no rule; write one a line, such as "map50 >= 80"');
  return rules;
}

/** One line without a comparison is the path of a file. */
function pathIn(lines: readonly string[]): string | undefined {
  const [only, ...others] = lines.map(withoutComment).filter((line) => line !== '');
  return only === undefined || others.length > 0 || /[<>=≤≥]/u.test(only) ? undefined : only;
}

/** The `baseline`, undefined if it is empty. That is a mistake if a rule compares with it. */
function readBaseline(reader: Reader, rules: readonly Rule[]): BaselineChoice | undefined {
  const value = reader.text('baseline');
  if (value === undefined) {
    if (rules.some(({ bound }) => bound.kind === 'baseline'))
      reader.mistake(
        'baseline',
        'is empty, but a rule in thresholds compares with it; set it to a version number, to "previous", or to the path of a results file',
      );
    return undefined;
  }
  if (value.toLowerCase() === 'previous') return { kind: 'previous' };
  const version = parseVersionNumber(value);
  if (version !== undefined) return { kind: 'version', version };
  if (!/^\d+$/.test(value)) return readBaselineFile(reader, value);
  reader.mistake('baseline', `"${value}" is no number of a dataset version; those begin at 1`);
  return undefined;
}

const MOST_RESULTS_BYTES = 16 * 1024 * 1024;

/** The results file at `path`. That there is none yet is no mistake, unless another word was meant. */
function readBaselineFile(reader: Reader, path: string): BaselineChoice | undefined {
  try {
    const text = reader.inputFile(path, MOST_RESULTS_BYTES);
    const meant = /^\p{L}+$/u.test(path) ? didYouMean(path, ['previous']) : '';
    if (text !== undefined || meant === '')
      return { kind: 'file', path, past: text === undefined ? undefined : readResultsFile(text) };
    reader.mistake('baseline', `"${path}" is not valid, and there is no such file${meant}`);
  } catch (error) {
    reader.mistake('baseline', `"${path}" cannot be compared with: ${reasonOf(error)}`);
  }
  return undefined;
}

/** The confidence threshold of production, 0 to 1; undefined if it is empty. */
function readConfidence(reader: Reader): number | undefined {
  const text = reader.text('confidence');
  if (text === undefined) return undefined;
  const value = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= 1) return value;
  reader.mistake(
    'confidence',
    `"${text}" is not a confidence threshold; valid: a number from 0 to 1, such as 0.4`,
  );
  return undefined;
}

/** The targets in `hardware`, one per line or separated by commas: `t4`, or with a latency budget `t4 <= 10 ms`. */
function readTargets(reader: Reader): readonly HardwareTarget[] {
  const targets: HardwareTarget[] = [];
  for (const entry of reader.lines('hardware').flatMap(entriesIn)) {
    const target = targetOf(entry);
    if (target === undefined)
      reader.mistake(
        'hardware',
        `"${entry}" is not valid; write a hardware name such as t4, or one with a latency budget such as "t4 <= 10 ms"`,
      );
    else if (targets.some(({ hardware }) => sameHardware(hardware, target.hardware)))
      reader.mistake('hardware', `"${target.hardware}" is there twice; leave one of them out`);
    else targets.push(target);
  }
  return targets;
}

/** A name has a letter, no sign that could be a comparison, and does not end like a latency. */
const NAME = /^(?!.*\d\s*ms$)(?=.*\p{L})[^<>=≤≥:;@,]+$/iu;
const BUDGET = /^\d{1,9}(?:\.\d{1,6})?(?=\s*(?:ms)?$)/i;

function targetOf(entry: string): HardwareTarget | undefined {
  const [name = '', budget, ...more] = entry.split('<=').map((part) => part.trim());
  if (!NAME.test(name) || more.length > 0) return undefined;
  if (budget === undefined) return { hardware: name, budgetMs: undefined };
  const budgetMs = Number(BUDGET.exec(budget)?.[0]);
  return budgetMs > 0 ? { hardware: name, budgetMs } : undefined;
}
