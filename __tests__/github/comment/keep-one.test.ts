import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CommentStep, nextStep, type ShownComment } from '../../../src/github/comment/keep-one.ts';
import { type CommentPhase, compareAge, type Marker } from '../../../src/github/comment/marker.ts';

const head = 'a'.repeat(40);
const old = 'b'.repeat(40);

function of(changes: Partial<Marker> = {}): Marker {
  return { key: 'k', run: 42, attempt: 1, sha: head, phase: 'judged', digest: 'other', ...changes };
}

/** The text that is wanted. */
const ours = { digest: 'ours' };
const under: Partial<Marker> = { phase: 'under-way' };
const update: CommentStep = { kind: 'update', id: 1 };
const another: CommentStep = { kind: 'done', stands: 'another' };

/** What is shown, what is done, and how this run differs from one about the head that judged and has written nothing yet. */
type Row = readonly [
  string,
  readonly Partial<Marker>[],
  CommentStep,
  Partial<Marker & { mayCreate: boolean }>?,
];

const rows: readonly Row[] = [
  ['creates the first one', [], { kind: 'create' }],
  ['creates none where none may be', [], { kind: 'done', stands: 'none' }, { mayCreate: false }],
  ['replaces an older run', [{ run: 41 }], update],
  ['replaces an older attempt', [{}], update, { attempt: 2 }],
  ['leaves a newer run', [{ run: 43 }], another],
  ['leaves a newer attempt', [{ attempt: 2 }], another],
  ['leaves a newer run that goes on', [{ run: 43, ...under }], another],
  ['replaces a newer run about a commit that is no longer the head', [{ run: 43, sha: old }], update],
  [
    'leaves an older run about the head, where this one is not about it',
    [{ run: 41 }],
    another,
    { sha: old },
  ],
  ['finds its own text', [ours], { kind: 'done', stands: 'ours' }],
  ['replaces what it said while it went on', [under], update],
  ['replaces an earlier step of the same run', [{}], update],
  ['replaces it also while it goes on', [{}], update, under],
  ['does not replace what the run judged, where it only sets right', [{}], another, { phase: 'ended' }],
  ['sets right what goes on', [under], update, { phase: 'ended' }],
  ['deletes the older of two that end together', [ours, { run: 41 }], { kind: 'delete', id: 2 }],
  ['deletes its own where the other is newer', [ours, { run: 43 }], { kind: 'delete', id: 1 }],
  ['deletes the later of two that say the same', [ours, ours], { kind: 'delete', id: 2 }],
  ['deletes of one run what said that it goes on', [under, ours], { kind: 'delete', id: 1 }],
  ['writes before it deletes', [{ run: 40 }, { run: 41 }], { kind: 'update', id: 2 }],
];

test.each(rows.map(([name, shown, expected, change = {}]) => ({ name, shown, expected, change })))(
  '$name',
  ({ shown, expected, change: { mayCreate = true, ...wanted } }) => {
    const comments = shown.map((marker, index) => ({ id: index + 1, marker: of(marker) }));
    expect(nextStep(comments, of({ ...ours, ...wanted }), mayCreate, head)).toEqual(expected);
  },
);

const markers = fc
  .record({
    run: fc.integer({ min: 1, max: 3 }),
    attempt: fc.integer({ min: 1, max: 2 }),
    sha: fc.constantFrom(head, old, undefined),
    phase: fc.constantFrom<CommentPhase>('under-way', 'ended', 'judged'),
    text: fc.constantFrom('x', 'y'),
  })
  .map(({ text, ...said }) => of({ ...said, digest: JSON.stringify([said, text]) }));

/** What is there after a step. */
function after(shown: readonly ShownComment[], step: CommentStep, marker: Marker): readonly ShownComment[] {
  switch (step.kind) {
    case 'create':
      return [...shown, { id: 99, marker }];
    case 'update':
      return shown.map((comment) => (comment.id === step.id ? { ...comment, marker } : comment));
    case 'delete':
      return shown.filter(({ id }) => id !== step.id);
    case 'done':
      return shown;
  }
}

describe('steps, one after the other', () => {
  test('come to an end with one comment, which is as new as the newest there was', () => {
    fc.assert(
      fc.property(fc.array(markers, { maxLength: 4 }), markers, (given, marker) => {
        let shown: readonly ShownComment[] = given.map((each, index) => ({ id: index + 1, marker: each }));
        for (let steps = 0; steps < 12; steps += 1) {
          const step = nextStep(shown, marker, true, head);
          if (step.kind === 'done') break;
          shown = after(shown, step, marker);
          expect(steps).toBeLessThan(11);
        }
        expect(shown).toHaveLength(1);
        const [last] = shown;
        for (const each of [...given, marker])
          expect(last && compareAge(last.marker, each, head)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
