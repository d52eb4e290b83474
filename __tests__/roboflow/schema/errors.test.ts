import { describe, expect, test } from 'vitest';
import { readApiError } from '../../../src/roboflow/schema/answer.ts';
import { reasonIn } from '../../../src/roboflow/schema/shape.ts';
import { rows } from '../../rows.ts';

describe('why a training failed', () => {
  test.each<[name: string, body: Readonly<Record<string, unknown>>, expected: string | undefined]>([
    ['is the error', { error: 'a', message: 'b' }, 'a'],
    ['is the message of the error', { error: { message: 'a', code: 'X' } }, 'a'],
    ['is the message', { error: null, message: 'b' }, 'b'],
    ['is the reason', { message: '', reason: 'c' }, 'c'],
    ['is the failure reason', { failureReason: 'd' }, 'd'],
    ['is the error of the training', { train: { error: 'e' } }, 'e'],
    ['is the message of the training', { train: { message: 'f' } }, 'f'],
    ['has no blanks around it', { error: ' a\n' }, 'a'],
    [
      'has no calls of a crash',
      { error: 'TypeError: x is null\n    at a (/b.js:1:2)\n    at c' },
      'TypeError: x is null',
    ],
    ['is unknown where nothing says it', { status: 'failed' }, undefined],
    ['is unknown where all is empty', { error: '', message: ' ', train: null }, undefined],
    ['is not a number or a flag', { error: 1, message: true, reason: [] }, undefined],
  ])('%s', (_, body, expected) => {
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
  test.each(
    rows(`
    with type, message and code in an object | {"error":{"type":"Conflict","message":"Training is over.","code":"CANNOT_CANCEL"}} | CANNOT_CANCEL | Training is over.
    with message and hint in an object | {"error":{"message":"No such version.","hint":"Generate one."}} |  | No such version. (Generate one.)
    with a text | {"error":"Not found."} |  | Not found.
    with a text and a hint beside it | {"error":"Not found.","hint":"Check the slug."} |  | Not found. (Check the slug.)
    with a code and a message beside it | {"error":"model_eval_not_done","message":"Still running."} | model_eval_not_done | Still running.
    with code and message at the top | {"code":"MODEL_NOT_NAS","message":"Not a search."} | MODEL_NOT_NAS | Not a search.
    with a message only | {"message":"Something broke."} |  | Something broke.
    with a code only | {"error":{"code":"over_quota"}} | over_quota |
    with a hint only | {"error":{},"hint":"Try later."} |  | Try later.
    with a number as its code | {"error":{"code":402,"message":"Pay."}} | 402 | Pay.
    with nothing but its type | {"error":{"type":"AccessException"}} | AccessException |
    with its type for a code | {"error":{"type":"AccessException","message":"No plan."}} | AccessException | No plan.
    with a list of messages | {"error":{"message":["epochs is too high","speed is unknown"]}} |  | epochs is too high; speed is unknown
    with a list of messages at the top | {"message":["epochs is too high",null]} |  | epochs is too high
    with a list beside the message | {"error":{"message":"Unknown type.","valid":["a",7]}} |  | Unknown type. valid: a, 7
    with a list beside the error | {"error":"Unknown type.","types":["a","b"],"hint":"Pick one."} |  | Unknown type. (Pick one.). types: a, b
    with a list and nothing else | {"types":["a","b"]} |  | types: a, b
    with lists of no texts | {"error":"No.","a":[],"b":[{"c":1}],"d":{"e":["f"]}} |  | No.
    with a list of errors | {"errors":["model_type is invalid"]} |  | model_type is invalid
    with an empty list | {"error":{"message":[]}} |  |
    with an empty text | {"error":""} |  |
    with null | {"error":null} |  |
    that is empty |  |  |
    that is an empty object | {} |  |
    that is HTML | "<html>502</html>" |  |
    that is a list | [{"message":"x"}] |  |
    that is null | null |  |
    `),
  )('%s is read: %s', (_, json, code, message) => {
    const body: unknown = json === '' ? undefined : JSON.parse(json);
    expect(readApiError(body)).toEqual({ code: code || undefined, message: message || undefined });
  });
});
