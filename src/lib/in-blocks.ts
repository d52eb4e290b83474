/** Gathers bytes until there is a block of them. */
export interface Blocks {
  /** Copies the bytes: when it resolves, nobody needs them any more. */
  add(bytes: Uint8Array): Promise<void>;
  /** Hands on what is left. */
  flush(): Promise<void>;
  /** Forgets what is left. */
  drop(): void;
}

const BLOCK_BYTES = 1_048_576;

/** Gathers for `use`, which has a block only until it resolves. A few long writes take less time than many short ones. */
export function inBlocks(use: (block: Uint8Array) => Promise<void>): Blocks {
  const block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  let filled = 0;
  const flush = async () => {
    if (filled > 0) await use(block.subarray(0, filled));
    filled = 0;
  };
  return {
    add: async (bytes) => {
      for (let taken = 0; taken < bytes.length; ) {
        const next = bytes.subarray(taken, taken + BLOCK_BYTES - filled);
        block.set(next, filled);
        filled += next.length;
        taken += next.length;
        if (filled === BLOCK_BYTES) await flush();
      }
    },
    flush,
    drop: () => {
      filled = 0;
    },
  };
}
