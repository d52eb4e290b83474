import type { StatusWriter } from '../../src/github/status/status-writer.ts';

/** A commit without statuses, on which any can be set. */
export const noStatus: StatusWriter = {
  newest: () => Promise.resolve({ commit: '6dcb09b', shown: undefined }),
  set: () => Promise.resolve(),
  setLast: () => Promise.resolve(),
};
