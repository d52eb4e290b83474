import { describe, expect, test } from 'vitest';
import { formatRule } from '../../src/gate/rules.ts';
import { inputsOfType } from '../../src/step/before/prepare.ts';
import { rows } from '../rows.ts';
import { givenIn, inputs, mistakes } from './given.ts';

const two = 'rfdetr-nano\nrfdetr-small';

describe('several model types', () => {
  test.each([
    { given: 'rfdetr-nano', types: ['rfdetr-nano'] },
    { given: ' rfdetr-nano \n\n yolov11n\n', types: ['rfdetr-nano', 'yolov11n'] },
    { given: 'rfdetr-nano, yolov11n,', types: ['rfdetr-nano', 'yolov11n'] },
    { given: 'rfdetr-nano,yolov11n\r\nrfdetr-small', types: ['rfdetr-nano', 'yolov11n', 'rfdetr-small'] },
    { given: 'rfdetr-nano # fast\n# all of them:\nyolov11n,#x', types: ['rfdetr-nano', 'yolov11n'] },
    { given: '#rfdetr-nano\nyolov11n#', types: ['yolov11n'] },
    {
      given: 'rfdetr-nas-parent\nrfdetr-nas-base-parent',
      types: ['rfdetr-nas-parent', 'rfdetr-nas-base-parent'],
    },
  ])('are read one a line or by commas: $given', ({ given, types }) => {
    const read = inputs({ 'model-type': given });
    expect(read.modelTypes).toEqual(types);
    expect(read.training).toMatchObject({ kind: 'start', modelType: types[0] });
    expect(read.maxParallel).toBe(4);
  });

  const types = 'model-type: rfdetr-nano\\nrfdetr-small';
  test.each([
    ...rows(`
    model-type: rfdetr-nano\\nrfdetr-nano | model-type, line 2: "rfdetr-nano" is there twice; leave one of them out
    model-type: rfdetr-nano, RF-DETR_Nano | model-type: "RF-DETR_Nano" and "rfdetr-nano" are the same; leave one of them out
    model-type: yolo11n\\n\\nyolov11 | model-type, line 3: "yolov11" and "yolo11n" may be the same, as Roboflow names its types; leave one of them out, or name the sizes
    model-type: rfdetr-nano\\n../x | model-type, line 2: "../x" is not a model type; an example is rfdetr-nano
    model-type: rfdetr-nano\\n../x # no | model-type, line 2: "../x" is not a model type; an example is rfdetr-nano
    model-type: rfdetr-nas | model-type: "rfdetr-nas" is the type of what a search finds; did you mean "rfdetr-nas-parent"?
    model-type: RFDETR-NAS-seg | model-type: "RFDETR-NAS-seg" is the type of what a search finds; did you mean "RFDETR-NAS-seg-parent"?
    ${types}; job-id: job_1 | model-type: names several types, and job-id one training; leave one of them out
    ${types}; wait: status; github-token: t | wait: "status" leaves a commit status for one training, and model-type names several; use a matrix with one model type a leg
    ${types}; wait: none; max-parallel: 1 | max-parallel: "1" is less than the 2 model types, and with "wait: none" all are started at once; raise it, or set wait to "job"
    `),
    ...['0', '-1', '1.5', 'many', '9999999'].map((value) => [
      `max-parallel: ${value}`,
      `max-parallel: "${value}" is not valid; valid: a whole number from 1`,
    ]),
  ])('are refused: %s', (given = '', mistake = '') => {
    expect(mistakes(givenIn(given))).toEqual([mistake]);
  });

  test.each([{ wait: 'none', 'max-parallel': '2' }, { reuse: 'only' }, { reuse: 'only', 'model-type': '' }])(
    'are taken with %s',
    (given) => {
      expect(inputs({ 'model-type': two, ...given }).modelTypes).toHaveLength('model-type' in given ? 0 : 2);
    },
  );

  test('share a comment, however they are written', () => {
    const given = { comment: 'true', 'github-token': 't' };
    const comments = [two, 'rfdetr-nano,rfdetr-small'].map(
      (modelType) => inputs({ ...given, 'model-type': modelType }).comment?.modelType,
    );
    expect(comments).toEqual(['rfdetr-nano, rfdetr-small', 'rfdetr-nano, rfdetr-small']);
  });
});

describe('the inputs of one of several types', () => {
  const thresholds =
    'map50 >= 80\nlatency <= 9 ms\nmap50@t4 >= 70\neach: map50@t4 >= 60\nmap50@Serverless >= 50';

  test.each([
    {
      name: 'a fine-tune beside a search',
      types: 'rfdetr-nano\nrfdetr-nas-parent',
      of: 'rfdetr-nano',
      rules: ['map50 >= 80', 'latency <= 9 ms', 'each: map50@t4 >= 60', 'map50@Serverless >= 50'],
      targets: 1,
    },
    {
      name: 'the search beside it',
      types: 'rfdetr-nano\nrfdetr-nas-parent',
      of: 'rfdetr-nas-parent',
      rules: thresholds.split('\n'),
      targets: 2,
    },
    { name: 'fine-tunes only', types: two, of: 'rfdetr-nano', rules: thresholds.split('\n'), targets: 2 },
  ])('have the rules that are held against it before its start: $name', ({ types, of, rules, targets }) => {
    const all = inputs({ 'model-type': types, thresholds, hardware: 't4, serverless' });
    const own = inputsOfType(all, of);
    expect(own.training.modelType).toBe(of);
    expect(own.rules.map(formatRule)).toEqual(rules);
    expect(own.targets).toHaveLength(targets);
  });
});
