import type { Scenario, SimulatedModel, TrainingIdentity } from '../scenario.ts';
import { base } from './base.ts';
import { nasTimes } from './nas.ts';

const esc = String.fromCharCode(27);
const bidi = `${String.fromCodePoint(0x202e)}drawkcab${String.fromCodePoint(0x2066)}`;

/** Texts that mean something in a runner's log, in Markdown, in HTML or in a terminal. */
export const hostileTexts: readonly string[] = [
  '::error::x',
  '##[add-mask]x',
  'a|b|c',
  '`code` ```fence',
  '<img src=x onerror=1>',
  '@everyone',
  '![x](http://evil.example/x.png)',
  '[a](javascript:alert(1))',
  '--> <!-- marker',
  'first line\n::set-output name=outcome::passed\r\nlast line',
  `${esc}[31mred${esc}[0m${esc}]0;title${String.fromCharCode(7)}`,
  bidi,
  '%0A::warning::y',
  '# heading\n- [x] done',
];

/** Values that are not percentages, and one that is, as a text. */
const hostileValues: readonly unknown[] = [
  'NaN',
  'Infinity',
  -3,
  140,
  '81.5',
  null,
  {},
  [],
  true,
  '',
  '0x50',
  '1e400',
];

/** Hardware names; the first three are names that every JavaScript object inherits. */
const hostileHardware: readonly string[] = [
  '__proto__',
  'constructor',
  'toString',
  ...hostileTexts.slice(0, 8),
];

export const hostile: Scenario = {
  ...base,
  name: 'hostile',
  summary: 'An architecture search in which every name and number tries to do harm.',
  classes: Object.fromEntries(
    [...hostileTexts, '__proto__', 'constructor'].map((text, index) => [text, 10 + index] as const),
  ),
  plan: {
    ...nasTimes,
    // Only a copy of this scenario that ends `failed` shows it. The seeded training on version 5 shows it in any case.
    failureReason: hostileTexts.join('\n'),
    shows: ['results', 'trainings', 'models', 'version'],
    results: hostileModels,
    recommendedByHardware: (training) =>
      record(hostileHardware, () => `${training.workspace}/m-0 ::error::x`),
  },
  inputs: {
    'model-type': 'rfdetr-nas-parent',
    baseline: 'previous',
    thresholds: 'map50 >= 50',
  },
  seeded: [
    ...base.seeded,
    {
      version: 5,
      modelType: 'rfdetr-small',
      agoMs: 40 * 24 * 3_600_000,
      plan: { ...base.plan, end: 'failed', endsAt: 0.3, failureReason: hostileTexts.join('\n') },
    },
  ],
};

function hostileModels(training: TrainingIdentity): SimulatedModel[] {
  const odd = hostileTexts.map((text, index): SimulatedModel => {
    const value = hostileValues[index % hostileValues.length];
    const next = hostileValues[(index + 3) % hostileValues.length];
    return model(training, index, text, {
      map50: value,
      map5095: next,
      precision: value,
      recall: next,
      latency: record(hostileHardware, (at) => hostileValues[(at + index) % hostileValues.length]),
      paretoOptimalFor: [`${text}:map_50`, '__proto__:map_50_95', text],
    });
  });
  const sound = [
    { map50: 79.4, map5095: 56.1, precision: 83.3, recall: 74.9, speed: 4.2 },
    { map50: 82.6, map5095: 59.8, precision: 86.0, recall: 77.7, speed: 7.9 },
  ].map(({ speed, ...metrics }, index) =>
    model(training, odd.length + index, `sound ${hostileTexts[index]}`, {
      ...metrics,
      latency: record(hostileHardware, (at) => speed + at),
    }),
  );
  return [...odd, ...sound];
}

function model(
  training: TrainingIdentity,
  index: number,
  text: string,
  metrics: Record<string, unknown>,
): SimulatedModel {
  const id = `${training.workspace}/m-${index} ${text}`;
  return {
    modelId: id,
    url: id,
    name: text,
    modelType: `rfdetr ${text}`,
    status: 'finished',
    nasFamily: 'child',
    ...(index % 5 === 0 && { recommended: true }),
    metrics,
  };
}

/** An object that owns even the key `__proto__`. */
function record<T>(keys: readonly string[], value: (index: number) => T): Record<string, T> {
  return Object.fromEntries(keys.map((key, index) => [key, value(index)] as const));
}
