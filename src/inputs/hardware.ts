import { sameHardware } from '../gate/model.ts';
import type { HardwareTarget } from '../gate/picks.ts';
import type { Reader } from './reader.ts';

/** One target a line or comma: `t4`, or with a latency budget `t4 <= 10 ms`. */
export function readTargets(read: Reader): readonly HardwareTarget[] {
  const targets: HardwareTarget[] = [];
  const text = read.lines('hardware').join('\n').replace(/#.*$/gm, '');
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
