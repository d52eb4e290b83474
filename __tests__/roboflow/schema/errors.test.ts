import { describe, expect, test } from 'vitest';
import { isRecord } from '../../../src/lib/json.ts';
import { readApiError } from '../../../src/roboflow/schema/answer.ts';
import { reasonIn } from '../../../src/roboflow/schema/shape.ts';

describe('why a training failed', () => {
  test.each<{ name: string; body: Readonly<Record<string, unknown>>; expected: string | undefined }>([
    { name: 'is the error', body: { error: 'a', message: 'b' }, expected: 'a' },
    { name: 'is the message of the error', body: { error: { message: 'a', code: 'X' } }, expected: 'a' },
    { name: 'is the message', body: { error: null, message: 'b' }, expected: 'b' },
    { name: 'is the reason', body: { message: '', reason: 'c' }, expected: 'c' },
    { name: 'is the failure reason', body: { failureReason: 'd' }, expected: 'd' },
    { name: 'is the error of the training', body: { train: { error: 'e' } }, expected: 'e' },
    { name: 'is the message of the training', body: { train: { message: 'f' } }, expected: 'f' },
    { name: 'has no blanks around it', body: { error: ' a\n' }, expected: 'a' },
    { name: 'is unknown where nothing says it', body: { status: 'failed' }, expected: undefined },
    {
      name: 'is unknown where all is empty',
      body: { error: '', message: ' ', train: null },
      expected: undefined,
    },
    { name: 'is not a number or a flag', body: { error: 1, message: true, reason: [] }, expected: undefined },
  ])('$name', ({ body, expected }) => {
    expect(reasonIn(body)).toBe(expected);
  });
});

test('a reason and a message are shown in at most 2,003 characters, a code in 103', () => {
  const long = 'x'.repeat(5_000_000);
  expect(reasonIn({ error: long })).toBe(`${'x'.repeat(2_000)}...`);
  expect(readApiError({ error: { code: long, message: long, hint: long } })).toEqual({
    code: `${'x'.repeat(100)}...`,
    message: `${'x'.repeat(2_000)}...`,
  });
  expect(readApiError({ errors: Array.from({ length: 5_000 }, () => 'xxxx') }).message).toHaveLength(2_003);
});

describe('an error body', () => {
  test.each<{ name: string; body: unknown; code: string | undefined; message: string | undefined }>([
    {
      name: 'with type, message and code in an object',
      body: { error: { type: 'Conflict', message: 'Training is over.', code: 'CANNOT_CANCEL' } },
      code: 'CANNOT_CANCEL',
      message: 'Training is over.',
    },
    {
      name: 'with message and hint in an object',
      body: { error: { message: 'No such version.', hint: 'Generate one.' } },
      code: undefined,
      message: 'No such version. (Generate one.)',
    },
    { name: 'with a text', body: { error: 'Not found.' }, code: undefined, message: 'Not found.' },
    {
      name: 'with a text and a hint beside it',
      body: { error: 'Not found.', hint: 'Check the slug.' },
      code: undefined,
      message: 'Not found. (Check the slug.)',
    },
    {
      name: 'with a code and a message beside it',
      body: { error: 'model_eval_not_done', message: 'Still running.' },
      code: 'model_eval_not_done',
      message: 'Still running.',
    },
    {
      name: 'with code and message at the top',
      body: { code: 'MODEL_NOT_NAS', message: 'Not a search.' },
      code: 'MODEL_NOT_NAS',
      message: 'Not a search.',
    },
    {
      name: 'with a message only',
      body: { message: 'Something broke.' },
      code: undefined,
      message: 'Something broke.',
    },
    {
      name: 'with a code only',
      body: { error: { code: 'over_quota' } },
      code: 'over_quota',
      message: undefined,
    },
    {
      name: 'with a hint only',
      body: { error: {}, hint: 'Try later.' },
      code: undefined,
      message: 'Try later.',
    },
    {
      name: 'with a number as its code',
      body: { error: { code: 402, message: 'Pay.' } },
      code: '402',
      message: 'Pay.',
    },
    {
      name: 'with nothing but its type',
      body: { error: { type: 'AccessException' } },
      code: 'AccessException',
      message: undefined,
    },
    {
      name: 'with its type for a code',
      body: { error: { type: 'AccessException', message: 'No plan.' } },
      code: 'AccessException',
      message: 'No plan.',
    },
    {
      name: 'with a list of messages',
      body: { error: { message: ['epochs is too high', 'speed is unknown'] } },
      code: undefined,
      message: 'epochs is too high; speed is unknown',
    },
    {
      name: 'with a list of messages at the top',
      body: { message: ['epochs is too high', null] },
      code: undefined,
      message: 'epochs is too high',
    },
    {
      name: 'with a list of errors',
      body: { errors: ['model_type is invalid'] },
      code: undefined,
      message: 'model_type is invalid',
    },
    { name: 'with an empty list', body: { error: { message: [] } }, code: undefined, message: undefined },
    { name: 'with an empty text', body: { error: '' }, code: undefined, message: undefined },
    { name: 'with null', body: { error: null }, code: undefined, message: undefined },
    { name: 'that is empty', body: undefined, code: undefined, message: undefined },
    { name: 'that is an empty object', body: {}, code: undefined, message: undefined },
    { name: 'that is HTML', body: '<html>502</html>', code: undefined, message: undefined },
    { name: 'that is a list', body: [{ message: 'x' }], code: undefined, message: undefined },
    { name: 'that is null', body: null, code: undefined, message: undefined },
  ])('$name is read', ({ body, code, message }) => {
    expect(readApiError(body)).toEqual({ code, message });
  });
});

test.each<{ value: unknown; expected: boolean }>([
  { value: {}, expected: true },
  { value: { a: 1 }, expected: true },
  { value: [], expected: false },
  { value: null, expected: false },
  { value: 'x', expected: false },
  { value: undefined, expected: false },
])('$value is a JSON object: $expected', ({ value, expected }) => {
  expect(isRecord(value)).toBe(expected);
});
