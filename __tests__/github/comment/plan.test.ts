import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CommentPhase,
  compareAge,
  keyOf,
  type Marker,
  markedText,
  markerIn,
} from '../../../src/github/comment/marker.ts';
import { type CommentStep, nextStep, type ShownComment } from '../../../src/github/comment/plan.ts';

const head = 'a'.repeat(40);
const old = 'b'.repeat(40);

function of(changes: Partial<Marker> = {}): Marker {
  return { key: 'k', run: 42, attempt: 1, sha: head, phase: 'judged', digest: 'd42', ...changes };
}

const any = { mayCreate: true, overOwnJudged: true };

describe('the next step', () => {
  test.each<{
    name: string;
    shown: readonly Partial<Marker>[];
    wanted?: Partial<Marker>;
    how?: { readonly mayCreate: boolean; readonly overOwnJudged: boolean };
    hasWritten?: boolean;
    expected: CommentStep;
  }>([
    { name: 'creates the first one', shown: [], expected: { kind: 'create' } },
    {
      name: 'creates none where none may be',
      shown: [],
      how: { ...any, mayCreate: false },
      expected: { kind: 'done', stands: 'none' },
    },
    { name: 'replaces an older run', shown: [{ run: 41 }], expected: { kind: 'update', id: 1 } },
    {
      name: 'replaces an older attempt',
      shown: [{}],
      wanted: { attempt: 2 },
      expected: { kind: 'update', id: 1 },
    },
    { name: 'leaves a newer run', shown: [{ run: 43 }], expected: { kind: 'done', stands: 'another' } },
    {
      name: 'leaves a newer attempt',
      shown: [{ attempt: 2 }],
      expected: { kind: 'done', stands: 'another' },
    },
    {
      name: 'leaves a newer run that goes on',
      shown: [{ run: 43, phase: 'under-way' }],
      expected: { kind: 'done', stands: 'another' },
    },
    {
      name: 'takes the id of the workflow run for its age',
      shown: [{ run: 41 }],
      expected: { kind: 'update', id: 1 },
    },
    {
      name: 'replaces a newer run about a commit that is no longer the head',
      shown: [{ run: 43, sha: old }],
      expected: { kind: 'update', id: 1 },
    },
    {
      name: 'leaves an older run about the head, where this one is not about it',
      shown: [{ run: 41 }],
      wanted: { sha: old },
      expected: { kind: 'done', stands: 'another' },
    },
    { name: 'finds its own text', shown: [{ digest: 'd' }], expected: { kind: 'done', stands: 'ours' } },
    {
      name: 'replaces what it said while it went on',
      shown: [{ phase: 'under-way', digest: 'x' }],
      expected: { kind: 'update', id: 1 },
    },
    {
      name: 'replaces that also where it comes late',
      shown: [{ phase: 'under-way', digest: 'x' }],
      hasWritten: true,
      expected: { kind: 'update', id: 1 },
    },
    {
      name: 'replaces an earlier step of the same run',
      shown: [{ digest: 'x' }],
      expected: { kind: 'update', id: 1 },
    },
    {
      name: 'leaves a later step of the same run',
      shown: [{ digest: 'x' }],
      hasWritten: true,
      expected: { kind: 'done', stands: 'another' },
    },
    {
      name: 'does not replace what the run judged, where it only sets right',
      shown: [{ digest: 'x' }],
      how: { ...any, overOwnJudged: false },
      expected: { kind: 'done', stands: 'another' },
    },
    {
      name: 'deletes the older of two that end together',
      shown: [{ digest: 'd' }, { run: 41 }],
      expected: { kind: 'delete', id: 2 },
    },
    {
      name: 'deletes its own where the other is newer',
      shown: [{ digest: 'd' }, { run: 43 }],
      expected: { kind: 'delete', id: 1 },
    },
    {
      name: 'deletes the later of two that say the same',
      shown: [{ digest: 'd' }, { digest: 'd' }],
      expected: { kind: 'delete', id: 2 },
    },
    {
      name: 'writes before it deletes',
      shown: [{ run: 40 }, { run: 41 }],
      expected: { kind: 'update', id: 2 },
    },
  ])('$name', ({ shown, wanted = {}, how = any, hasWritten = false, expected }) => {
    const comments = shown.map((marker, index) => ({ id: index + 1, marker: of(marker) }));
    const marker = of({ digest: 'd', ...wanted });
    expect(nextStep(comments, { ...how, marker }, head, hasWritten)).toEqual(expected);
  });
});

const phases = fc.constantFrom<CommentPhase>('under-way', 'ended', 'judged');
const markers = fc.record({
  key: fc.constant('k'),
  run: fc.integer({ min: 1, max: 3 }),
  attempt: fc.integer({ min: 1, max: 2 }),
  sha: fc.constantFrom(head, old, undefined),
  phase: phases,
  digest: fc.constantFrom('x', 'y', 'd'),
});

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
        let hasWritten = false;
        for (let steps = 0; steps < 12; steps += 1) {
          const step = nextStep(shown, { ...any, marker }, head, hasWritten);
          if (step.kind === 'done') break;
          shown = after(shown, step, marker);
          hasWritten ||= step.kind !== 'delete';
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

describe('the marker', () => {
  const run = { id: 20_123_456_789, attempt: 2, sha: head };

  test.each<CommentPhase>(['under-way', 'ended', 'judged'])('is read as it was written (%s)', (phase) => {
    const key = keyOf({ project: 'a --> b', modelType: '<!-- -->', statusContext: '"' });
    const { marker, body } = markedText('text', { key, phase }, run);
    expect(markerIn(body)).toEqual(marker);
    expect(markerIn(body.replaceAll('\n', '\r\n'))).toEqual(marker);
    expect(marker).toMatchObject({ run: 20_123_456_789, attempt: 2, sha: head });
  });

  test('holds no text from outside', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (project, modelType, statusContext) => {
        const key = keyOf({ project, modelType, statusContext });
        const { body } = markedText('', { key, phase: 'judged' }, { ...run, sha: undefined });
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
});
