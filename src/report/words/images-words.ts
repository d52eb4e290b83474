import type { DatasetSplit, ImageCounts } from '../conclusion.ts';
import { count, countDifference, NBSP } from './numbers.ts';

const SPLITS: readonly DatasetSplit[] = ['train', 'validation', 'test'];

/** `1,640 train (+210), 412 validation, 206 test`; undefined if nothing is known. */
export function imagesWords(images: ImageCounts | undefined, before?: ImageCounts): string | undefined {
  const parts = SPLITS.flatMap((split) => {
    const now = images?.[split];
    return now === undefined ? [] : [`${count(now)}${NBSP}${split}${countDifference(before?.[split], now)}`];
  });
  return parts.length === 0 ? undefined : parts.join(', ');
}
