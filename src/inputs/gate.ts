import { sameHardware } from '../gate/model.ts';
import type { HardwareTarget } from '../gate/picks.ts';
import { parseRules, type Rule } from '../gate/rules.ts';
import { choiceHint } from '../hint.ts';
import type { BaselineChoice } from '../training/baseline.ts';
import type { Reader } from './reader.ts';
import type { RunInputs } from './run.ts';

/** The `thresholds`, with the number of the line in each mistake. */
export function readRules(read: Reader): readonly Rule[] {
  const { rules, mistakes } = parseRules(read.raw('thresholds'));
  for (const { line, text, problem, suggestion } of mistakes) {
    const hint = suggestion === undefined ? '' : `; did you mean "${suggestion}"?`;
    read.mistake('thresholds', `"${text}": ${problem}${hint}`, line);
  }
  return rules;
}

/** What rules compare with; needed as soon as one of them does. */
export function readBaseline(
  read: Reader,
  run: RunInputs,
  rules: readonly Rule[],
): BaselineChoice | undefined {
  const value = read.text('baseline')?.toLowerCase();
  if (value === undefined) {
    if (rules.some(({ bound }) => bound.kind === 'baseline'))
      read.mistake(
        'baseline',
        'is empty, but a rule in thresholds compares with it; set it to a version number or to "previous"',
      );
    return undefined;
  }
  if (value === 'previous') return { kind: 'previous' };
  if (!/^[1-9]\d{0,8}$/.test(value)) {
    read.mistake(
      'baseline',
      `"${value}" is not valid; valid: the number of a dataset version, or "previous"${choiceHint(value, ['previous'])}`,
    );
    return undefined;
  }
  const version = Number(value);
  if (run.version?.kind === 'number' && run.version.number === version)
    read.mistake(
      'baseline',
      `"${value}" is the version that is trained itself; choose another, or "previous"`,
    );
  return { kind: 'version', version };
}

/** One target a line or comma: `t4`, or with a latency budget `t4 <= 10 ms`. */
export function readTargets(read: Reader): readonly HardwareTarget[] {
  const targets: HardwareTarget[] = [];
  const text = (read.text('hardware') ?? '').replace(/#.*$/gm, '');
  for (const entry of text.split(/[\n,]/)) {
    const content = entry.trim();
    if (content === '') continue;
    const parts = /^((?!\d+\s*ms$)[^<>=≤≥]+?)\s*(?:<=\s*(\d{1,9}(?:\.\d{1,6})?)\s*(?:ms)?)?$/i.exec(content);
    const hardware = parts?.[1];
    const budgetMs = parts?.[2] === undefined ? undefined : Number(parts[2]);
    if (hardware === undefined || budgetMs === 0)
      read.mistake(
        'hardware',
        `"${content}" is not valid; write a hardware name such as t4, or one with a latency budget such as "t4 <= 10 ms"`,
      );
    else if (targets.some((target) => sameHardware(target.hardware, hardware)))
      read.mistake('hardware', `"${hardware}" stands there twice`);
    else targets.push({ hardware, budgetMs });
  }
  return targets;
}
