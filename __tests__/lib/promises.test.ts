import { describe, expect, test } from 'vitest';
import { atATime } from '../../src/lib/promises.ts';

describe('so many at a time', () => {
  test.each([
    [1, 5],
    [3, 5],
    [8, 5],
    [8, 0],
  ])('%i of %i are never more, and come in their order', async (most, count) => {
    let running = 0;
    let highest = 0;
    const items = Array.from({ length: count }, (_, index) => index);
    const results = await atATime(most, items, async (item) => {
      running += 1;
      highest = Math.max(highest, running);
      for (let turns = 0; turns < count - item; turns += 1) await Promise.resolve();
      running -= 1;
      return item * 2;
    });
    expect(results).toEqual(items.map((item) => item * 2));
    expect(highest).toBe(Math.min(most, count));
  });

  test('the first error ends it, and nothing more is begun', async () => {
    const begun: number[] = [];
    const act = async (item: number) => {
      begun.push(item);
      await Promise.resolve();
      if (item === 2) throw new Error('two');
    };
    await expect(atATime(2, [1, 2, 3, 4, 5, 6, 7, 8], act)).rejects.toThrow('two');
    expect(begun.length).toBeLessThan(6);
  });
});
