import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../../simulator/scenario.ts';
import { base, versionSpec } from '../../../simulator/scenarios/base.ts';
import type { Fault } from '../../../simulator/simulator.ts';
import { fineTune, simulateRoboflow } from '../../roboflow/simulated-roboflow.ts';
import { linesIn, named, rows } from '../../rows.ts';

const version = (changes: Parameters<typeof versionSpec>[1]): Partial<Scenario> => ({
  versions: base.versions.map((each) => (each.number === 7 ? versionSpec(7, changes) : each)),
});
const [{ splits }] = [versionSpec(7)];
const counted = { helmet: 5210, 'no-helmet': 0, vest: 3977 };
const vestless = { class_map: { test: [{ class: 'vest', images: '9', targets: '0' }] } };

/** What the server shows, where it is out of the ordinary. */
const shown: Readonly<Record<string, Partial<Scenario>>> = {
  'the usual': {},
  classification: { projectType: 'single-label-classification' },
  'an unknown type': { projectType: 'action-recognition' },
  'no test images': version({ splits: { ...splits, test: 0 } }),
  'a class without objects in the version': version({ classes: counted }),
  'a class at minus five in the version': version({ classes: { ...counted, 'no-helmet': -5 } }),
  'no objects in the version': version({ classes: { helmet: 0, 'no-helmet': -5, vest: 0 } }),
  'a class without objects in the project': { classes: counted },
  'a class at minus five in the project': { classes: { ...counted, 'no-helmet': -5 } },
  'a class without objects in the project alone': {
    ...version({ classes: { ...counted, 'no-helmet': 3 } }),
    classes: counted,
  },
  'a version without that class': { ...version({ classes: ['helmet', 'vest'] }), classes: counted },
};

const never = 'No training of a project of type single-label-classification reports that, so';
const nothing = 'has no objects of the class "no-helmet"';

describe.each([
  ['a start', {}],
  ['a dry run', { 'dry-run': 'true' }],
])('%s', (_, dry) => {
  test.each(
    rows(`
    classification                         | map50 >= 80                        | ${never} the rule "map50 >= 80" could not be judged | |
    classification                         | warn: map50@test >= 80             | | ${never} the rule "warn: map50@test >= 80" will not be judged |
    classification                         | accuracy >= 80                     | | |
    classification                         | f1 >= 80                           | | |
    an unknown type                        | miou >= 80                         | | |
    the usual                              | accuracy >= 80; miou >= 70         | the rule "accuracy >= 80" and the rule "miou >= 70" could not be judged | |
    no test images                         | map50 >= 80                        | Version 7 has no test images, and Roboflow trains on no such version. | |
    a class without objects in the version | recall[no-helmet] >= 70            | version 7 ${nothing} | |
    a class at minus five in the version   | recall[no-helmet]@test >= 70       | version 7 ${nothing} | |
    a class without objects in the version | warn: recall[No-Helmet] >= 70      | | version 7 has no objects of the class "No-Helmet" |
    a class without objects in the version | recall[vest] >= 70; recall[*] >= 2 | | |
    a class without objects in the version | warn: objects[no-helmet] >= 0      | | |
    no objects in the version              | map50 >= 80                        | Version 7 has no objects of any class | |
    a class without objects in the project | recall[no-helmet] >= 70            | | The project has no objects of the class no-helmet. |
    a class at minus five in the project   | map50 >= 80                        | | The project has no objects of the class no-helmet. |
    a version without that class           | map50 >= 80                        | | |
    a class without objects in the project alone | recall[no-helmet] >= 70      | | |
    `),
  )('where the server shows %s, with %s', async (what = '', rules = '', refusal = '', warning = '') => {
    await using roboflow = await simulateRoboflow({ scenario: fineTune(named(shown, what)) });
    const step = await roboflow.runStep({ ...dry, wait: 'none', thresholds: linesIn(rules) });
    expect(step.warnings.join('\n')).toContain(warning);
    if (warning === '') expect(step.warnings).toEqual([]);
    expect(step.failures.join('\n')).toContain(refusal);
    expect(step.failures.length > 0).toBe(refusal !== '');
    const mayStart = refusal === '' && !('dry-run' in dry);
    expect(roboflow.simulator.started()).toHaveLength(mayStart ? 1 : 0);
  });

  test('tells together what several checks find, and starts nothing', async () => {
    const scenario = fineTune({ ...named(shown, 'no test images'), projectType: 'classification' });
    await using roboflow = await simulateRoboflow({ scenario });
    const step = await roboflow.runStep({
      ...dry,
      'model-type': 'rfdetr-naon',
      thresholds: 'map50 >= 80\nrecall[hemlet] >= 3\nf1 >= baseline',
      baseline: '99',
    });
    const [failure = ''] = step.failures;
    const parts = ['map50', 'baseline is version 99', '"hemlet"', 'no test images', 'rfdetr-naon"'];
    expect(failure).toContain(`${parts.length} things are wrong, so nothing was started`);
    for (const part of parts) expect(failure).toContain(part);
    expect(failure.match(/nothing was started/gi)).toHaveLength(1);
    expect(failure.match(/\n- /g)).toHaveLength(parts.length);
    expect(roboflow.simulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});

test('what the project counts is told once of several types, and of what a new version would have', async () => {
  await using roboflow = await simulateRoboflow({
    scenario: fineTune(named(shown, 'a class without objects in the project')),
  });
  for (const given of [{ 'model-type': 'rfdetr-nano\nrfdetr-small' }, { version: 'new' }]) {
    const step = await roboflow.runStep({ ...given, 'dry-run': 'true' });
    const told = step.warnings.filter((text) => text.includes('The project has no objects of the class'));
    expect(told).toHaveLength(1);
  }
});

test("a class that the version's own results have no object of in a split is refused there only", async () => {
  const body = {
    version: { id: 'acme/hard-hats/7', images: 100, train: { results: vestless } },
  };
  const faults: readonly Fault[] = [{ route: 'version', do: { kind: 'json', body } }];
  await using roboflow = await simulateRoboflow({ faults });
  const on = (rule: string) => roboflow.startOrAttach({ thresholds: rule });
  await expect(on('recall[vest]@test >= 70')).rejects.toThrow(
    'the test split of version 7 has no objects of the class "vest"',
  );
  await expect(on('recall[vest]@valid >= 70')).resolves.toBeDefined();
});

test('an outage among the checks is told alone, as what it is', async () => {
  const faults: readonly Fault[] = [{ route: 'version', do: { kind: 'status', status: 503 } }];
  await using roboflow = await simulateRoboflow({ faults });
  await expect(roboflow.startOrAttach({ thresholds: 'latency@T4 <= 5 ms' })).rejects.toThrow('503');
});
