import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClassChoice } from '../../src/gate/class-choice.ts';
import { isCount, isCounted, METRICS, unitOf } from '../../src/gate/metric.ts';
import { parseRules } from '../../src/gate/parse-rules.ts';
import { formatRule, type Rule } from '../../src/gate/rules.ts';
import { anyText } from '../lib/any-text.ts';
import { runs } from '../setup/seeds.ts';

const words = fc.constantFrom(
  ...'map50 mAP map_50 mAP50-95 f1 score latency perplexity baseline warn: warn each: each noise'.split(' '),
  ...'>= > <= < = ≥ => + - @ @t4 .5 :.95 95 [ ] 0 1 80 0.8 % ms # , :: 50'.split(' '),
  ...[' ', '\t', '\n', '\r\n', 'jetson orin'],
);

/** Lines made of the grammar's own words, which come close to rules far more often than any text does. */
const nearRules = fc.array(words, { maxLength: 12 }).map((parts) => parts.join(''));
const anyRules = fc.oneof(nearRules, anyText(), fc.string());

/** Any name that stands on one line, brackets, quotes, signs and what nobody sees included. */
const className = fc
  .oneof(
    fc.constantFrom(
      ...[
        ...['helmet', 'no-helmet', '*', ' ends with blanks ', 'a]b', 'say "hi"', '"', '\\', '\\"', '#1'],
        '>= 80',
      ],
      ...['a < b', '=', '[x]', '[', '日本', 'zero\u200dwidth', 'warn: x', '@test', 'baseline'],
    ),
    anyText({ minLength: 1 }),
    fc.string({ unit: 'grapheme', minLength: 1 }),
  )
  .filter((name) => !/[\r\n]/.test(name));

const anyClass: fc.Arbitrary<ClassChoice> = fc.oneof(
  fc.constant({ kind: 'every' as const }),
  className.map((name) => ({ kind: 'one' as const, name })),
);

/** Rules that a workflow could write, hardware with blanks included. */
const writtenRule: fc.Arbitrary<Rule> = fc
  .record({
    severity: fc.constantFrom('fail' as const, 'warn' as const),
    scope: fc.constantFrom('best' as const, 'each' as const),
    metric: fc.constantFrom(...METRICS),
    place: fc.oneof(
      fc
        .constantFrom(undefined, 't4', 'T4', 'jetson orin nano', 'a/b', 't4@rack', '50', '日本')
        .map((hardware) => ({ hardware, split: undefined })),
      fc.constantFrom('test' as const, 'valid' as const).map((split) => ({ hardware: undefined, split })),
    ),
    ofClass: fc.option(anyClass, { nil: undefined }),
    comparison: fc.constantFrom('>=' as const, '>' as const, '<=' as const, '<' as const),
    millionths: fc.integer({ min: 1_000_001, max: 100_000_000 }),
    baseline: fc.boolean(),
    negative: fc.boolean(),
    noise: fc.constantFrom(undefined, '+' as const, '-' as const),
  })
  .map(({ millionths, baseline, negative, noise: sign, place, ofClass, ...rest }) => {
    const size = millionths / 1_000_000;
    const noise = isCounted(rest.metric) ? sign : undefined;
    const isWhole = rest.metric === 'latency' || rest.metric === 'perplexity';
    return {
      ...rest,
      ...(isWhole ? { hardware: place.hardware, split: undefined } : place),
      ...(isCount(rest.metric) && { hardware: undefined }),
      ofClass: isWhole || rest.metric === 'images' ? undefined : ofClass,
      bound:
        baseline && !isCount(rest.metric)
          ? { kind: 'baseline', offset: noise ? 0 : negative ? -size : size, noise }
          : { kind: 'value', value: size, noise },
    };
  });

describe('parseRules', () => {
  test('never throws, and every line is a rule, a mistake, or nothing', () => {
    fc.assert(
      fc.property(anyRules, (text) => {
        const { rules, mistakes } = parseRules(text);
        const contentLines = text.split(/\r\n|\r|\n/).length;
        expect(rules.length + mistakes.length).toBeLessThanOrEqual(contentLines);
        for (const { line, problem } of mistakes) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(contentLines);
          expect(problem).not.toBe('');
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('never gives a bound that is not finite, nor a percentage that is a fraction or over 100', () => {
    fc.assert(
      fc.property(nearRules, (text) => {
        for (const rule of parseRules(text).rules) {
          const { metric, bound } = rule;
          expect(Number.isFinite(bound.kind === 'value' ? bound.value : bound.offset)).toBe(true);
          if (bound.kind !== 'value' || unitOf(metric) !== 'percent') continue;
          expect(bound.value).toBeLessThanOrEqual(100);
          // A fraction is only taken with its sign, and written with it again.
          if (bound.value > 0 && bound.value <= 1) expect(formatRule(rule)).toMatch(/ %$/);
        }
      }),
      { numRuns: runs(600) },
    );
  });

  test('reads what formatRule writes as the same rule', () => {
    fc.assert(
      fc.property(writtenRule, (rule) => {
        expect(parseRules(formatRule(rule))).toEqual({ rules: [rule], mistakes: [] });
      }),
      { numRuns: 1_000 },
    );
  });

  test('reads any rule that it read once as the same rule again, in the one form of formatRule', () => {
    fc.assert(
      fc.property(nearRules, (text) => {
        const { rules } = parseRules(text);
        expect(parseRules(rules.map(formatRule).join('\n'))).toEqual({ rules, mistakes: [] });
      }),
      { numRuns: runs(600) },
    );
  });

  test('keeps hardware apart from the metric, whatever the hardware is called', () => {
    expect(parseRules('map50@95 >= 80\nmap0.5@95 >= 80\nf1@score >= 80').rules).toMatchObject([
      { metric: 'map50', hardware: '95' },
      { metric: 'map50', hardware: '95' },
      { metric: 'f1', hardware: 'score' },
    ]);
  });

  test('is not changed by comments, blank lines and the kind of line end', () => {
    fc.assert(
      fc.property(
        fc.array(writtenRule, { maxLength: 5 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.constantFrom('', '  ', '# note', '# map50 >= 1 ::error::'),
        (rules, end, between) => {
          const text = rules.flatMap((rule) => [between, `  ${formatRule(rule)} # why`]).join(end);
          expect(parseRules(text)).toEqual({ rules, mistakes: [] });
        },
      ),
    );
  });
});
