import { describe, expect, it } from 'vitest';
import { inBlocks } from '../../src/lib/in-blocks.ts';

const MEGABYTE = 1_048_576;

/** Gathers into a list of copies, since a block is good only until it was used. */
function recorded() {
  const used: Buffer[] = [];
  const blocks = inBlocks(async (block) => {
    used.push(Buffer.from(block));
  });
  return { used, blocks };
}

describe('bytes that are gathered into blocks', () => {
  it.each([
    { name: 'one at a time', sizes: [1, 1, 1], lengths: [3] },
    { name: 'exactly one block', sizes: [MEGABYTE], lengths: [MEGABYTE] },
    { name: 'over the end of a block', sizes: [MEGABYTE - 1, 3, 0, 5], lengths: [MEGABYTE, 7] },
    { name: 'several blocks at once', sizes: [7, 2 * MEGABYTE], lengths: [MEGABYTE, MEGABYTE, 7] },
    { name: 'none', sizes: [0], lengths: [] },
  ])('come out as they went in: $name', async ({ sizes, lengths }) => {
    const { used, blocks } = recorded();
    const all = Buffer.alloc(
      sizes.reduce((sum, size) => sum + size, 0),
      'pattern',
    );
    let from = 0;
    for (const size of sizes) {
      const piece = Buffer.from(all.subarray(from, from + size));
      await blocks.add(piece);
      piece.fill(0);
      from += size;
    }
    await blocks.flush();
    expect(used.map(({ length }) => length)).toEqual(lengths);
    expect(Buffer.concat(used).equals(all)).toBe(true);
  });

  it('are forgotten if they are dropped', async () => {
    const { used, blocks } = recorded();
    await blocks.add(Buffer.from('abc'));
    blocks.drop();
    await blocks.add(Buffer.from('d'));
    await blocks.flush();
    expect(Buffer.concat(used).toString()).toBe('d');
  });
});
