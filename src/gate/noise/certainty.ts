import type { BaselineFigure } from '../baseline.ts';
import type { Figure } from '../measure-figure.ts';
import { isCounted } from '../metric.ts';
import type { Rule } from '../rules.ts';
import {
  type CountedFigure,
  type DifferenceInterval,
  differenceIntervalOf,
  type FigureInterval,
  intervalOf,
} from './sample.ts';

/** How sure a value is that a rule judges. */
export interface Certainty {
  readonly interval: FigureInterval;
  /** Of the value less the baseline's, if the rule compares and the baseline's counts are known. */
  readonly difference: DifferenceInterval | undefined;
  /** What `noise` in the rule's bound comes to, in points; undefined if it cannot be told, or is not asked for. */
  readonly noise: number | undefined;
  /** Whether what the rule asks for without noise is within the interval: it holds or breaks by what may be chance. */
  readonly isCloser: boolean;
}

/**
 * How sure `figure` is; undefined if nothing was counted.
 * @param among how many classes the rule judges: `- noise` shares its 5 % among them, so that many are not red by chance
 */
export function certaintyOf(
  { metric, bound }: Rule,
  figure: Pick<Figure, 'value' | 'sample'>,
  before: BaselineFigure | undefined,
  among: number,
): Certainty | undefined {
  const now = countedFigure(metric, figure);
  if (now === undefined) return undefined;
  const shared = bound.noise === '-' ? among : 1;
  const compared = bound.kind === 'baseline' && before ? countedFigure(metric, before) : undefined;
  const difference = compared && differenceIntervalOf(now, compared, shared);
  const own = intervalOf(now, shared);
  const judged =
    bound.kind === 'value'
      ? { ...own, at: figure.value }
      : difference && before && { ...difference, at: figure.value - before.value };
  const noise = judged && (bound.noise === '-' ? judged.high - judged.at : judged.at - judged.low);
  const aim = bound.kind === 'value' ? bound.value : bound.offset;
  const isCloser = judged !== undefined && judged.low <= aim && aim <= judged.high;
  return {
    interval: intervalOf(now),
    difference,
    noise: bound.noise && noise && Math.round(noise * 100) / 100,
    isCloser,
  };
}

function countedFigure(
  metric: Rule['metric'],
  { value, sample }: Pick<Figure, 'value' | 'sample'>,
): CountedFigure | undefined {
  return sample && isCounted(metric) ? { metric, percent: value, sample } : undefined;
}
