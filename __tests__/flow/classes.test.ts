import { describe, expect, test } from 'vitest';
import { type ScenarioName, scenarios } from '../../simulator/scenarios.ts';
import type { Fault } from '../../simulator/simulator.ts';
import { minute, type SimulationOptions, simulateRoboflow } from '../roboflow/simulated-roboflow.ts';

const fineTune = scenarios['fine-tune'];

/** Runs the step, and tells how it ended and what it asked for after the training. */
async function judged(given: Readonly<Record<string, string>>, options: SimulationOptions = {}) {
  await using roboflow = await simulateRoboflow(options);
  const step = await roboflow.runStep({ thresholds: '', ...given });
  const lines = roboflow.requestLines();
  const lastLook = lines.findLastIndex((line) => /trainings\/get|\/jobs\/job_/.test(line));
  return {
    outcome: step.outputs.get('outcome'),
    failures: step.failures,
    summary: step.summaryText,
    log: step.lines.join('\n'),
    afterwards: lines.slice(lastLook + 1),
  };
}

describe.each(['jobs', 'trainings'])('rules on classes and splits, on the route %s', (route) => {
  test.each<[name: string, thresholds: string, outcome: string, failures: RegExp[]]>([
    ['pass', 'recall[helmet] >= 60\nmap50@test >= 80\nmap50-95[*]@valid >= 40', 'passed', []],
    [
      'fail, each with its value',
      'recall[helmet] >= 99\nmap50@test >= 80\nrecall[*] >= 98',
      'failed',
      [
        /recall of helmet [\d.]+ % of 782 objects \([\d.]+ to [\d.]+\), wanted 99 % or more/,
        /recall of \w+, the weakest class, [\d.]+ % of .*, wanted 98 % or more/,
      ],
    ],
    [
      'wait for the evaluation if the version does not say it',
      'f1[helmet] >= 60\nmap75@test >= 50',
      'passed',
      [],
    ],
    [
      'are undecided if nothing says it',
      'accuracy[helmet] >= 60',
      'undecided',
      [/accuracy of helmet was not reported; reported on validation: .*F1/],
    ],
  ])('%s', async (_, thresholds, outcome, failures) => {
    // Of a type that nobody knows, every metric is waited for.
    const scenario = { ...fineTune, ...(thresholds.includes('accuracy') && { projectType: 'new' }) };
    const step = await judged({ route, thresholds }, { scenario });
    expect(step.outcome).toBe(outcome);
    for (const each of failures) expect(step.failures.join('\n')).toMatch(each);
    if (failures.length === 0) expect(step.failures).toEqual([]);
  });

  test('cost at most six requests more', async () => {
    const plain = await judged({ route, thresholds: 'map50 >= 80' });
    const classes = await judged({ route, thresholds: 'recall[helmet] >= 60\nmap50@test >= 80' });
    expect(classes.afterwards.length - plain.afterwards.length).toBeLessThanOrEqual(6);
    const evaluated = await judged({ route, thresholds: 'f1[helmet] >= 60\nmap75@test >= 50' });
    const once = new Set(evaluated.afterwards);
    expect(once.size - plain.afterwards.length).toBeLessThanOrEqual(6);
  });

  test('are compared with the baseline', async () => {
    const step = await judged({
      route,
      baseline: 'previous',
      thresholds: 'recall[helmet] >= baseline - 1\nf1[helmet]@test >= baseline - 1',
    });
    expect(step.failures).toEqual([]);
    expect(step.outcome).toBe('passed');
  });

  test('are refused before the start if the version has no such class, with the nearest', async () => {
    await using roboflow = await simulateRoboflow();
    const step = await roboflow.runStep({ route, thresholds: 'recall[helmets] >= 90' });
    expect(step.failures.join('\n')).toContain(
      'The rule "recall[helmets] >= 90" names the class "helmets", which version 7 does not have.',
    );
    expect(step.failures.join('\n')).toContain('Did you mean "helmet"?');
    expect(roboflow.simulator.started()).toEqual([]);
  });
});

describe('without an evaluation', () => {
  const rule = 'f1[helmet] >= 60';
  test.each<[ScenarioName, outcome: string, says?: RegExp, thresholds?: string]>([
    ['evaluation-refused', 'undecided', /scope model-eval:read/],
    ['evaluations-absent', 'undecided', /paid plan/],
    ['evaluation-unsupported', 'undecided', /this server has no/i],
    ['evaluation-failed', 'undecided', /evaluation of this model failed/],
    ['evaluation-running', 'undecided', /still running/],
    // Of two that look the same nobody can tell whose is which.
    ['evaluation-of-another', 'undecided', /has evaluated a model that it does not name/],
    ['evaluation-late', 'passed'],
    ['evaluation-older-ids', 'passed'],
    ['many-evaluations', 'passed'],
    // One of its panels comes late, and one has no figures of the test split.
    ['evaluation-partial', 'passed'],
    ['evaluation-partial', 'undecided', /map75@test/, 'map75@test >= 10'],
  ])(
    'in the scenario %s a rule on a class is %s',
    async (scenario, outcome, says = /^$/, thresholds = rule) => {
      const step = await judged({ thresholds }, { scenario: scenarios[scenario] });
      expect(step.failures.join('\n')).toMatch(says);
      expect(step.outcome).toBe(outcome);
    },
  );

  test.each<[thresholds: string, isRefused: boolean]>([
    ['f1[helmet] >= 60', true],
    ['map75[*]@test >= 60', true],
    ['f1@test >= 60', true],
    ['recall[helmet] >= 60', false],
    ['warn: f1[helmet] >= 60', false],
    ['map50 >= 80', false],
  ])(
    '%s is refused before the start if the key may not read evaluations: %s',
    async (thresholds, isRefused) => {
      await using roboflow = await simulateRoboflow({ scenario: scenarios['evaluation-refused'] });
      const step = await roboflow.runStep({ thresholds });
      expect(roboflow.simulator.started()).toHaveLength(isRefused ? 0 : 1);
      if (isRefused)
        expect(step.failures.join('\n')).toMatch(
          /model-eval:read.*Nothing was started|Nothing was started.*model-eval:read/s,
        );
    },
  );

  const REFUSALS = [
    ['evaluation-refused', 'model-eval:read'],
    ['evaluation-unsupported', 'this server has no such evaluation'],
  ] as const;
  test.each<[name: string, scenario: ScenarioName, changes: object, isRefused: boolean]>([
    ['of several', 'evaluation-refused', { 'model-type': 'rfdetr-nano\nrfdetr-small' }, true],
    ['beside one that has ended', 'evaluation-of-another', {}, true],
    ['beside a search', 'evaluation-of-another', { 'model-type': 'rfdetr-nas-parent' }, true],
    ['of another version than the other', 'evaluation-of-another', { version: '4' }, false],
    ['alone', 'evaluation-refused', {}, false],
  ])(
    'a training %s has no figures by class of its own version to fall back on',
    async (_, name, changes, isRefused) => {
      for (const [refusing, says] of REFUSALS) {
        const { [refusing]: refused, [name]: scenario } = scenarios;
        await using roboflow = await simulateRoboflow({
          scenario: { ...scenario, faults: refused.faults ?? [] },
        });
        const step = await roboflow.runStep({ thresholds: 'recall[helmet] >= 60', ...changes });
        expect(roboflow.simulator.started().length === 0).toBe(isRefused);
        if (isRefused) expect(step.failures.join('\n')).toContain(says);
      }
    },
  );

  test('it is told before a search starts which models Roboflow evaluates', async () => {
    await using roboflow = await simulateRoboflow({ scenario: scenarios.nas });
    const step = await roboflow.runStep({
      'model-type': 'rfdetr-nas-parent',
      thresholds: 'recall[helmet] >= 60',
    });
    expect(step.warnings.join('\n')).toContain(
      'Of a search Roboflow evaluates by itself only models that it recommends',
    );
  });

  test.each<[name: string, body: object, says: RegExp]>([
    [
      'it is of another model',
      { evals: [{ evalId: 'e1', status: 'done', versionId: '7', modelId: 'acme/other' }] },
      /of this version Roboflow has evaluated acme\/other, and none of them is certainly this model/,
    ],
    [
      'it is of another project',
      { evals: [{ evalId: 'e1', status: 'done', versionId: '7', project: 'other' }] },
      /has made no evaluation/,
    ],
    ['it cannot be read', { odd: true }, /could not be read/],
  ])('the rule is undecided if %s', async (_, body, says) => {
    const step = await judged(
      { thresholds: rule },
      { faults: [{ route: 'evals', do: { kind: 'json', body } }] },
    );
    expect(step.outcome).toBe('undecided');
    expect(step.failures.join('\n')).toMatch(says);
  });

  test('a figure of another training of the version is not judged', async () => {
    const older = { version: 7, modelType: 'rfdetr-nano', agoMs: 24 * 60 * minute, plan: fineTune.plan };
    const scenario = { ...fineTune, seeded: [...(fineTune.seeded ?? []), older] };
    const faults: Fault[] = [{ route: 'evals', do: { kind: 'json', body: { evals: [] } } }];
    const step = await judged(
      { thresholds: 'recall[helmet] >= 10', route: 'trainings' },
      { scenario, faults },
    );
    expect(step.outcome).toBe('undecided');
  });
});

describe('a fault in an answer about an evaluation', () => {
  const passing: Fault['do'][] = [
    { kind: 'status', status: 502 },
    { kind: 'status', status: 429, headers: { 'retry-after': '5' } },
    { kind: 'html', status: 200 },
    { kind: 'reset' },
    { kind: 'cut' },
    { kind: 'empty' },
    { kind: 'garbage' },
    { kind: 'status', status: 409, body: { error: 'model_eval_not_done', message: 'It still runs.' } },
  ];
  const cases = (['evals', 'eval'] as const).flatMap((route) => passing.map((fault) => ({ route, fault })));

  // A 409 says that the evaluation runs, which the list says in its own way.
  const waited = cases.filter(
    ({ route, fault }) => route === 'eval' || fault.kind !== 'status' || fault.status !== 409,
  );

  /** Judges one that ended hours ago, which takes few requests. */
  const finished = { version: 7, modelType: 'rfdetr-nano', agoMs: 300 * minute, plan: fineTune.plan };
  const scenario = { ...fineTune, seeded: [...(fineTune.seeded ?? []), finished] };
  const judgedWith = (thresholds: string, faults: readonly Fault[]) =>
    judged({ thresholds, reuse: 'only' }, { scenario, faults });
  const lasting = cases.filter((_, index) => index % 3 === 0);

  test.each(waited)('is waited out: $route, $fault', async ({ route, fault }) => {
    const faults: Fault[] = [{ route, nth: [1, 2], do: fault }];
    const step = await judgedWith('f1[helmet] >= 60', faults);
    expect(step.failures).toEqual([]);
    expect(step.outcome).toBe('passed');
  });

  test.each(lasting)('is never a pass if it lasts: $route, $fault', async ({ route, fault }) => {
    const faults: Fault[] = [{ route, do: fault }];
    const step = await judgedWith('f1[helmet] >= 60', faults);
    expect(step.outcome).toBe('undecided');
  });

  test.each(lasting)(
    'changes nothing about rules on the whole model: $route, $fault',
    async ({ route, fault }) => {
      const faults: Fault[] = [{ route, do: fault }];
      const step = await judgedWith('map50 >= 80', faults);
      expect(step.failures).toEqual([]);
      expect(step.outcome).toBe('passed');
    },
  );
});

describe('an evaluation', () => {
  test('that answers with another split than it was asked for is not judged', async () => {
    const body = { split: 'test', classes: [{ className: 'helmet', f1: 0.99 }] };
    const faults: Fault[] = [{ route: 'eval', do: { kind: 'json', body } }];
    const step = await judged({ thresholds: 'f1[helmet] >= 60' }, { faults });
    expect(step.outcome).toBe('undecided');
    expect(step.summary).not.toContain('99.0');
  });

  test('does not wait for a part that no rule needs', async () => {
    // The first of its answers is the confidence sweep, which is for the report here.
    const faults: Fault[] = [{ route: 'eval', nth: 1, do: { kind: 'status', status: 502 } }];
    const step = await judged({ thresholds: 'f1[helmet] >= 60' }, { faults });
    expect(step.outcome).toBe('passed');
    expect(step.afterwards.filter((line) => line.endsWith('/confidence-sweep'))).toHaveLength(1);
  });
});
