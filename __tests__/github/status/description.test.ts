import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isNews, runningDescription, verdictDescription } from '../../../src/github/status/description.ts';
import { type Conclusion, undecided } from '../../../src/report/conclusion.ts';
import { judged } from '../../report/cases.ts';

const place = { version: 7, modelType: 'rfdetr-nano' };

describe('the description of a status', () => {
  const on7 = 'rfdetr-nano on version 7';
  const none = undefined;
  test.each<[string, Parameters<typeof runningDescription>, string]>([
    ['before the start', [place, 'starting'], `${on7}: starting`],
    ['before a version is there', [{ ...place, version: none }, 'starting'], 'rfdetr-nano: starting'],
    ['with progress', [place, 'training', 0.459], `${on7}: training, 45 %`],
    ['without progress', [place, 'queued', none], `${on7}: queued`],
    ['of no type', [{ version: 7, modelType: none }, 'queued'], 'a training on version 7: queued'],
  ])('%s', (_, told, expected) => {
    expect(runningDescription(...told)).toBe(expected);
  });

  const failed = 'mAP50 84.2 %, wanted 90 % or more';
  test.for<readonly [string, Conclusion, string, false?]>([
    [
      'that passed',
      judged({ thresholds: 'map50 >= 80' }),
      `Passed: mAP50 84.2 %, wanted 80 % or more (${on7})`,
    ],
    [
      'that failed names the first broken rule',
      judged({ thresholds: 'map50 >= 90\nmap50-95 >= 99' }),
      `Failed: ${failed}, and 1 more rule (${on7})`,
    ],
    [
      'that is not enforced',
      judged({ thresholds: 'map50 >= 90' }),
      `not enforced: ${failed} (${on7})`,
      false,
    ],
    ['that was not judged', undecided('never started'), `Not judged: never started (${on7})`],
  ])('of a training %s', ([, conclusion, expected, failBuild = true]) => {
    expect(verdictDescription(conclusion, place, failBuild)).toBe(expected);
  });

  test.each([
    ['a verdict with its place just fits', 101, /^Not judged: x{101} \(rfdetr-nano on version 7\)$/, 140],
    ['a verdict without its place, which would not fit', 102, /^Not judged: x{102}$/, 114],
    ['a verdict that just fits', 126, /^Not judged: x{126}$/, 138],
    ['a verdict that does not', 127, /^Not judged: x{125}\.\.\.$/, 140],
    ['a verdict that is much too long', 999, /^Not judged: x{125}\.\.\.$/, 140],
  ])('has %s', (_, letters, expected, length) => {
    const description = verdictDescription(undecided('x'.repeat(letters)), place, true);
    expect(description).toMatch(expected);
    expect(description).toHaveLength(length);
  });

  test.each<readonly [string, string, string]>([
    ['a class', 'recall[🦊] is missing', 'Not judged: recall[U+1F98A] is missing'],
    ['a flag', 'no 🇪🇺', 'Not judged: no U+1F1EAU+1F1FA'],
    ['half a character', 'no \ud83e', 'Not judged: no \ufffd'],
    ['what GitHub takes', 'größe ✅ 数 €', 'Not judged: größe ✅ 数 €'],
    ['many, which grow', '🦊'.repeat(60), `Not judged: ${'U+1F98A'.repeat(17)}U+1F98...`],
  ])('tells %s in characters that GitHub takes', (_, reason, expected) => {
    const description = verdictDescription(undecided(reason), { version: undefined, modelType: 'm' }, true);
    expect(description.replace(' (m)', '')).toBe(expected);
  });

  test('is never longer than GitHub takes, and one line', () => {
    const text = fc.string({ maxLength: 400, unit: 'grapheme' });
    fc.assert(
      fc.property(
        text,
        text,
        fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
        (a, b, c) => {
          for (const description of [
            runningDescription({ version: 999_999_999, modelType: a }, b, c),
            runningDescription({ version: undefined, modelType: a }, 'starting'),
            verdictDescription(undecided(a), { version: 7, modelType: b }, true),
          ]) {
            expect(description.length).toBeLessThanOrEqual(140);
            expect(description).not.toMatch(/[\n\r]|[\u{10000}-\u{10FFFF}]/u);
          }
        },
      ),
    );
  });
});

describe('news', () => {
  const at = (word: string, progress?: number) => runningDescription(place, word, progress);
  test.each<readonly [string, string, string, number | undefined, boolean]>([
    ['another word', at('queued'), 'training', 0, true],
    ['another word with the same percent', at('training', 0.5), 'mining', 0.5, true],
    ['five points', at('training', 0.4), 'training', 0.45, true],
    ['four points', at('training', 0.41), 'training', 0.459, false],
    ['the first five points', at('training'), 'training', 0.05, true],
    ['less than five points', at('training'), 'training', 0.04, false],
    ['progress that is gone', at('training', 0.4), 'training', undefined, false],
    ['progress that fell', at('training', 0.4), 'training', 0.1, false],
    ['what was there', at('training', 0.4), 'training', 0.4, false],
    ['the first look', runningDescription(place, 'starting'), 'queued', undefined, true],
    ['a text of somebody else', 'all is well', 'training', 0.4, true],
    ['a word that looks like progress', at('training, 40 %'), 'training, 40 %', undefined, false],
  ])('%s', (_, shown, word, progress, expected) => {
    expect(isNews(shown, place, word, progress)).toBe(expected);
  });

  test('is never what was just written', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 80 }),
        fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
        (word, progress) => {
          const shown = runningDescription(place, word, progress);
          expect(isNews(shown, place, word, progress)).toBe(false);
        },
      ),
    );
  });
});
