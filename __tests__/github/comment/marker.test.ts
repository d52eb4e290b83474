import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type CommentPhase,
  compareAge,
  keyOf,
  markedText,
  markerIn,
} from '../../../src/github/comment/marker.ts';

const run = { run: 20_123_456_789, attempt: 12, sha: 'a'.repeat(40) };

test.each<[CommentPhase, sha: string | undefined]>([
  ['under-way', run.sha],
  ['ended', undefined],
  ['judged', run.sha],
])('is read as it was written (%s, %s)', (phase, sha) => {
  const key = keyOf({ project: 'a --> b', modelType: '<!-- -->', statusContext: '"' });
  const { marker, body } = markedText('text', { key, phase, ...run, sha });
  expect(markerIn(body)).toEqual(marker);
  expect(markerIn(body.replaceAll('\n', '\r\n'))).toEqual(marker);
  expect(markerIn(`> ${body}`)).toBeUndefined();
  expect(marker).toMatchObject({ key, phase, ...run, sha });
  // Nobody knows the head: then runs are older and newer, not commits.
  expect(compareAge({ ...marker, run: 1 }, { ...marker, sha: run.sha, run: 2 }, undefined)).toBeLessThan(0);
});

test('differs in its digest for any other text, run, attempt, commit and phase', () => {
  const first = { key: keyOf({ project: 'p', modelType: 'm' }), phase: 'judged', ...run } as const;
  const others = [{ run: 1 }, { attempt: 1 }, { sha: undefined }, { phase: 'ended' }] as const;
  const digests = [
    markedText('text', first),
    markedText('other', first),
    ...others.map((other) => markedText('text', { ...first, ...other })),
  ].map(({ marker }) => marker.digest);
  expect(new Set(digests).size).toBe(digests.length);
});

test('holds no text from outside', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (project, modelType, statusContext) => {
      const key = keyOf({ project, modelType, statusContext });
      const { body } = markedText('', { key, phase: 'judged', ...run, sha: undefined });
      expect(body).toMatch(/^<!-- [\w :=-]+ -->\n$/);
    }),
  );
});

test.each(['', 'text', '<!-- train-gate:0123456789abcdef0123 -->', '> <!-- train-gate:'])(
  'is none in %j',
  (body) => {
    expect(markerIn(body)).toBeUndefined();
  },
);
