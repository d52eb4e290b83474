import { expect, test } from 'vitest';
import { commentLine, endedText, headingOf, underWayText } from '../../../src/github/comment/text.ts';

const runUrl = 'https://github.com/acme/hats/actions/runs/42';
const sha = 'a'.repeat(40);
const nothing = { runUrl: undefined, sha: undefined };
const all = { runUrl, sha };
const skipped = { kind: 'skipped', reason: 'no version' } as const;
const SKIPPED = '### ⏭️ Skipped: no version';
const UNJUDGED = '### ⚠️ Not judged: the step ended before it was judged';
const UNDER_WAY = '### ⏳ Training: under way';

test.each<[text: () => string, expected: string]>([
  [() => headingOf(skipped), SKIPPED],
  [
    () => underWayText(nothing),
    `${UNDER_WAY}\n\nThis workflow run writes the verdict here when the training has ended.`,
  ],
  [
    () => underWayText(all),
    `${UNDER_WAY}\n\n[This workflow run](${runUrl}) for commit \`aaaaaaa\` writes the verdict here when the training has ended.`,
  ],
  [
    () => endedText(undefined, undefined, nothing),
    `${UNJUDGED}\n\nOf this workflow run. To judge the commit, re-run its job.`,
  ],
  [
    () => endedText(SKIPPED, 'It was cancelled', all),
    `${SKIPPED}\n\nIt was cancelled. The report is in the summary of [this workflow run](${runUrl}) for commit \`aaaaaaa\`.`,
  ],
  [() => commentLine('ours', 12), 'The comment on pull request #12 is up to date.'],
  [
    () => commentLine('another', 12),
    'The comment on pull request #12 is of a newer workflow run, and stays.',
  ],
  [() => commentLine('none', 12), 'Pull request #12 has moved on, so this commit gets no comment.'],
])('says %#', (text, expected) => {
  expect(text()).toBe(expected);
});
