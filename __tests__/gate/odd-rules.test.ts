import { expect, test } from 'vitest';
import { oddRules } from '../../src/gate/odd-rules.ts';
import { parseRules } from '../../src/gate/parse-rules.ts';
import { linesIn, rows } from '../rows.ts';

const better = 'rules out better models. If that is meant, put "warn:" before it; else turn its sign round.';
const more = (stricter: string) => `never decides, since "${stricter}" asks for more. Leave one of them out.`;

test.each(
  rows(`
  map50 <= 80 | The rule "map50 <= 80" ${better}
  f1[helmet]@test < 80 | The rule "f1[helmet]@test < 80" ${better}
  latency@t4 >= 10 ms | The rule "latency@t4 >= 10 ms" ${better}
  perplexity > 3; map50 >= 80 | The rule "perplexity > 3" ${better}
  map50@t4 <= baseline | The rule "map50@t4 <= baseline" ${better}
  map50 >= 80; map50 >= 85 | The rule "map50 >= 80" ${more('map50 >= 85')}
  map50 > 85; map50 >= 85 | The rule "map50 >= 85" ${more('map50 > 85')}
  latency@t4 <= 10; latency@t4 <= 20 | The rule "latency@t4 <= 20 ms" ${more('latency@t4 <= 10 ms')}
  f1[*] >= baseline - 1; f1[*] >= baseline | The rule "f1[*] >= baseline - 1" ${more('f1[*] >= baseline')}
  warn: map50 >= 80; map50 >= 85 | The rule "warn: map50 >= 80" ${more('map50 >= 85')}
  map50 >= 80; each: map50 >= 85 | The rule "map50 >= 80" ${more('each: map50 >= 85')}
  recall >= 80 - noise; recall >= 85 - noise | The rule "recall >= 80 - noise" ${more('recall >= 85 - noise')}
  map50 >= 80; latency <= 10; perplexity <= 3; objects[a] <= 9
  map50 >= 80; warn: map50 >= 85; warn: map50 <= 99
  each: map50 >= 80; map50 >= 85
  map50 >= 80; map50@test >= 85; map50@t4 >= 86; map50[a] >= 87; map75 >= 88
  map50 >= 80; map50 >= baseline + 1; recall >= 70; recall >= 80 - noise
  objects >= 80; objects <= 90; map50 >= 80; map50 >= 80
  `),
)('of %s is told: %s', (rules, ...told) => {
  const parsed = parseRules(linesIn(rules ?? ''));
  expect(parsed.mistakes).toEqual([]);
  expect(oddRules(parsed.rules)).toEqual(told);
});
