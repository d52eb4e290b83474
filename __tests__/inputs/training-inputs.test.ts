import { describe, expect, test } from 'vitest';
import { rows } from '../rows.ts';
import { type Given, givenIn, inputs, mistakes } from './given.ts';

describe('the version', () => {
  test.each([
    { text: '1', expected: { kind: 'number', number: 1 } },
    { text: '123', expected: { kind: 'number', number: 123 } },
    { text: 'latest', expected: { kind: 'latest' } },
    { text: 'Latest', expected: { kind: 'latest' } },
    { text: 'new', expected: { kind: 'new', preprocessing: undefined, augmentation: undefined } },
    { text: ' New ', expected: { kind: 'new', preprocessing: undefined, augmentation: undefined } },
  ])('may be "$text"', ({ text, expected }) => {
    expect(inputs({ version: text }).training.version).toEqual(expected);
  });

  test.each(['0', '-1', '7.0', '07', 'v7', '1e2', '0x7', 'acme/hats/7', '12345678901234567890'])(
    'is refused as "%s"',
    (version) => {
      const [mistake, ...more] = mistakes({ version });
      expect(mistake).toContain(`version: "${version}" is not valid; valid: `);
      expect(more).toEqual([]);
    },
  );

  test('is quoted as it was written', () => {
    expect(mistakes({ version: 'V7' })[0]).toContain('version: "V7" is not valid');
  });

  test.each([
    { text: 'lastest', meant: 'latest' },
    { text: 'neww', meant: 'new' },
  ])('"$text" is a typo of "$meant"', ({ text, meant }) => {
    expect(mistakes({ version: text })[0]).toMatch(new RegExp(`; did you mean "${meant}"\\?$`));
  });
});

describe('what a start needs', () => {
  const jobId =
    'job-id: is empty; if it is an expression, it came out empty: the step whose output it takes did not set it. Mend that first: to set version or model-type instead may start another training';
  const version = 'version: is empty; set it to the number of a dataset version, to "latest" or to "new"';
  const modelType = 'model-type: is empty; set it to the architecture to train, e.g. rfdetr-nano';

  test.each([
    ...rows(`
    version: | ${jobId} | ${version}
    model-type: | ${jobId} | ${modelType}
    version: ; model-type: # none | ${jobId} | ${version} | ${modelType}
    version: ; model-type: ; reuse: only | ${jobId} | ${version}
    version: seven; model-type: | ${jobId} | version: "seven" is not valid; valid: the number of a dataset version, such as 7, "latest" or "new" | ${modelType}
    `),
  ])('is missing, and first job-id, which may have come out empty: %s', (given, ...told) => {
    expect(mistakes(givenIn(given ?? ''))).toEqual(told);
  });

  test('is no model type if nothing is started', () => {
    expect(inputs({ 'model-type': '', reuse: 'only' }).training).toMatchObject({ modelType: undefined });
  });
});

describe('a job to attach to', () => {
  test.each<[given: Given, expected: object]>([
    [
      { version: '', 'model-type': '' },
      { version: undefined, modelType: undefined },
    ],
    [{ version: '' }, { version: undefined, modelType: 'rfdetr-nano' }],
    [
      { version: '7', 'model-type': '' },
      { version: { kind: 'number', number: 7 }, modelType: undefined },
    ],
  ])('may come with the version and the model type that it should train: %o', (given, expected) => {
    const { training } = inputs({ 'job-id': 'job_x1', ...given });
    expect(training).toEqual({ kind: 'attach', jobId: 'job_x1', ...expected });
  });

  test.each(['job_x1', '4c2aab22506c4c2aab22', 'acme/hats/7', 'a.b-c_d'])('may have the id "%s"', (jobId) => {
    expect(inputs({ 'job-id': jobId }).training).toMatchObject({ kind: 'attach', jobId });
  });

  test.each(['a b', 'a?b', 'a#b', '..', '.', '/a', 'a/', 'a//b', 'a/../b', './a', 'a\u{7}b'])(
    'has no id %j, which leads elsewhere in a path',
    (jobId) => {
      expect(mistakes({ 'job-id': jobId })).toEqual([
        `job-id: "${jobId}" is not a job's id; copy it from the output job-id of the step that started it, or from its log`,
      ]);
    },
  );
});

describe('a training that is there already', () => {
  const seven = { kind: 'number', number: 7 };
  test.each<[name: string, given: Given, expected: object]>([
    ['is one of the version and type', {}, { kind: 'existing', version: seven, modelType: 'rfdetr-nano' }],
    ['may be of any type', { 'model-type': '' }, { kind: 'existing', version: seven, modelType: undefined }],
    [
      'may be of the latest version',
      { version: 'latest' },
      { kind: 'existing', version: { kind: 'latest' }, modelType: 'rfdetr-nano' },
    ],
    [
      'is named by job-id',
      { 'job-id': 'job_x1', version: '', 'model-type': '' },
      { kind: 'attach', jobId: 'job_x1', version: undefined, modelType: undefined },
    ],
  ])('with "reuse: only" %s', (_, given, expected) => {
    expect(inputs({ reuse: 'only', ...given }).training).toEqual(expected);
  });
});

describe('a new version', () => {
  test('is made with the preprocessing and the augmentation that are given', () => {
    const given = {
      version: 'new',
      preprocessing: '{"resize": {"width": 640, "height": 640}}',
      augmentation: '{}',
    };
    expect(inputs(given).training.version).toEqual({
      kind: 'new',
      preprocessing: { resize: { width: 640, height: 640 } },
      augmentation: {},
    });
  });

  const noObject = 'must be a JSON object, in braces';
  const onlyNew = 'counts only with "version: new"; leave it out, or generate a new version';
  test.each(
    rows(`
    takes no preprocessing that is a list | version: new; preprocessing: [] | preprocessing: ${noObject}
    takes no augmentation that is null | version: new; augmentation: null | augmentation: ${noObject}
    takes no augmentation that is a text | version: new; augmentation: "flip" | augmentation: ${noObject}
    is what preprocessing counts for: not for a number | version: 7; preprocessing: {} | preprocessing: ${onlyNew}
    is what both count for: not for the latest | version: latest; preprocessing: {}; augmentation: {} | preprocessing: ${onlyNew} | augmentation: ${onlyNew}
    is not what a job that is there already trains | version: new; job-id: job_x1 | version: "new" cannot be combined with job-id; leave one of them out
    `),
  )('%s', (_, given, ...expected) => {
    expect(mistakes(givenIn(given))).toEqual(expected);
  });

  test('takes no preprocessing that is not JSON, and says why', () => {
    const [mistake, ...more] = mistakes({ version: 'new', preprocessing: '{resize: 640}' });
    expect(mistake).toMatch(/^preprocessing: is not JSON: .+/);
    expect(more).toEqual([]);
  });
});

describe('the route', () => {
  test.each(['auto', 'jobs', 'trainings'] as const)('may be %s', (route) => {
    expect(inputs({ route }).route).toBe(route);
    expect(inputs({ route: route.toUpperCase() }).route).toBe(route);
  });

  test.each([
    { text: 'v2', hint: '' },
    { text: 'job', hint: '; did you mean "jobs"?' },
    { text: 'training', hint: '; did you mean "trainings"?' },
  ])('is not "$text"', ({ text, hint }) => {
    expect(mistakes({ route: text })).toEqual([
      `route: "${text}" is not valid; valid: auto, trainings, jobs${hint}`,
    ]);
  });
});

describe('what does not go together', () => {
  const noRecipe = 'train-recipe: needs the trainings route; leave route out, or set it to "trainings"';
  const onlyNew =
    'reuse: "only" judges what is there, and "version: new" has nothing yet; change one of them';
  const onlyNone = 'wait: "none" cannot be combined with "reuse: only", which judges; leave one of them out';
  test.each(
    rows(`
    train-recipe: {}; route: jobs | ${noRecipe}
    reuse: only; version: new | ${onlyNew}
    reuse: only; wait: none | ${onlyNone}
    reuse: only; version: new; wait: none | ${onlyNew} | ${onlyNone}
    train-recipe: {}; route: jobs; reuse: only; version: new; wait: none | ${noRecipe} | ${onlyNew} | ${onlyNone}
    weights: models; wait: none | weights: needs a model
    star: true; wait: none | star: needs a model
    max-parallel: 1; wait: none; model-type: rfdetr-nano, yolov11n | max-parallel: "1" is less
    `),
  )('is told, beside job-id too: %s', (cell, ...expected) => {
    const given = givenIn(cell);
    expect(mistakes(given)).toEqual(expected.map((line) => expect.stringContaining(line)));
    const told = mistakes({ 'job-id': 'job_x1', ...given });
    for (const line of expected) expect(told).toContainEqual(expect.stringContaining(line));
  });
});

test.each(
  rows(`
  epochs are whole | epochs: 1.5 | epochs: "1.5" is not valid; valid: a whole number from 1
  epochs are no word | epochs: 1e2 | epochs: "1e2" is not valid; valid: a whole number from 1
  speed is fast or accurate | speed: slow | speed: "slow" is not valid; valid: fast, accurate
  a model type has no blanks | model-type: rfdetr nano | model-type: "rfdetr nano" is not a model type; an example is rfdetr-nano
  `),
)('%s', (_, given, expected) => {
  expect(mistakes(givenIn(given))).toEqual([expected]);
});
