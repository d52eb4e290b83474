import { oddRules } from '../../gate/odd-rules.ts';
import { unjudgedTargets } from '../../gate/picks.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { Log } from '../../lib/context.ts';
import { formatDuration } from '../../lib/duration.ts';
import { PLAIN } from '../../report/markdown/voice.ts';
import { unjudgedWords } from '../../report/words/words.ts';
import { Count, fieldOf, readAs } from '../../roboflow/schema/shape.ts';
import type { VersionBody } from '../../roboflow/schema/version-body.ts';
import { pixelsSeen } from '../../training/model-type.ts';

type Rules = Pick<Inputs, 'rules' | 'targets'>;

/** Warns of inputs that are valid and probably not meant; `longestJobMs` is what GitHub gives the job, if that is known. */
export function warnOfInputs(
  inputs: Rules & Pick<Inputs, 'timeoutMs' | 'wait'>,
  longestJobMs: number | undefined,
  log: Log,
): void {
  warnOfRules(inputs, log);
  if (inputs.wait !== 'job' || longestJobMs === undefined || inputs.timeoutMs <= longestJobMs) return;
  const longest = formatDuration(longestJobMs);
  log.warning(
    `timeout is ${formatDuration(inputs.timeoutMs)}, and GitHub cancels a job on its own runners after ${longest}: then on-cancel counts, and not on-timeout. Set timeout below ${longest}, run on a self-hosted runner, or set wait to "status".`,
  );
}

/** Warns of rules and targets: no rule may miss what ships, and none be idle or turned round unseen. */
export function warnOfRules({ rules, targets }: Rules, log: Log): void {
  for (const told of oddRules(rules)) log.warning(told);
  const unjudged = unjudgedTargets(rules, targets);
  const [first] = unjudged;
  if (first === undefined) return;
  log.warning(`${unjudgedWords(unjudged, PLAIN)} Add a rule that does, such as "map50-95@${first} >= 50".`);
}

/** Warns of images that are smaller than what the model sees, or at least twice as large. Only for a dry run: either can be meant. */
export function warnOfImageSize({ number, preprocessing }: VersionBody, modelType: string, log: Log): void {
  const sides = ['width', 'height'].map((side) => readAs(Count, fieldOf(preprocessing?.resize, side)) ?? 0);
  const seen = pixelsSeen(modelType);
  const longest = Math.max(...sides);
  if (seen === undefined || longest === 0 || (longest >= seen && longest <= 2 * seen)) return;
  const so = longest < seen ? 'a version with larger images could show it more' : 'small objects may be lost';
  log.warning(
    `Version ${number} has images of ${sides.join(' x ')} pixels, and ${modelType} sees ${seen} x ${seen}: ${so}.`,
  );
}
