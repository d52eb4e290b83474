import { sentences } from '../../lib/errors.ts';
import { clipped } from '../../lib/fit-text.ts';
import { isRecord, type JsonObject } from '../../lib/json.ts';
import type { EndResult } from '../../training/training-api.ts';
import { elementsOf, fieldOf, LONGEST_MESSAGE, required, ShapeError, textOf, unexpected } from './shape.ts';

/** The slug of the workspace that the key belongs to (docs/internals/roboflow-api.md#authentication). */
export function readKeyWorkspace(body: unknown): string {
  return required(textOf(fieldOf(body, 'workspace')), "the key's workspace", body);
}

/** The slugs of a workspace's projects, each the end of its id `workspace/project`. */
export function readProjectSlugs(body: unknown): readonly string[] {
  const projects = fieldOf(fieldOf(body, 'workspace'), 'projects');
  const slugOf = (project: unknown) => textOf(fieldOf(project, 'id'))?.split('/').at(-1);
  return elementsOf(projects, slugOf, 'a workspace with its projects', body);
}

/** The code by which a cancel or stop is told that the training is over (docs/internals/roboflow-api.md#d7-what-a-cancel-answers). */
export const IS_OVER = 'CANNOT_CANCEL';

const NO_REFUND = 'the time in which a cancel is refunded is over, and then Roboflow cancels only in its app';
/** In characters. */
const LONGEST_WORDS = 400;

/**
 * What came of a cancel or stop. A 2xx that says neither `refund: false`, nor `success: false`, nor an error is a
 * success, also an empty one (docs/internals/roboflow-api.md#version-training-routes, #d7-what-a-cancel-answers).
 * @throws ShapeError if the answer is neither an object nor empty, which says nothing about the training
 */
export function readEndAnswer(body: unknown): EndResult {
  if (body === undefined) return { kind: 'ended' };
  if (!isRecord(body)) throw unexpected('the answer of a cancel or stop', body);
  if (isNo(body.refund)) return { kind: 'still-running', reason: NO_REFUND };
  if (!isNo(body.success) && [body.error, body.errors].every(isNothing)) return { kind: 'ended' };
  const { code, message } = readApiError(body);
  if (code === IS_OVER) return { kind: 'over' };
  const said = clipped([code, message].filter((part) => part !== undefined).join(': '), LONGEST_WORDS);
  const words = said === '' ? '' : `: "${said}"`;
  return { kind: 'still-running', reason: `Roboflow answered that it was not done${words}` };
}

function isNo(value: unknown): boolean {
  return value === false || (typeof value === 'string' && value.trim().toLowerCase() === 'false');
}

function isNothing(value: unknown): boolean {
  const isEmpty = value === '' || (Array.isArray(value) && value.length === 0);
  return value === undefined || value === null || isEmpty || isNo(value);
}

/** Code and message of an error body, in any of its six shapes (docs/internals/roboflow-api.md#errors). The type may stand for the code. */
export function readApiError(body: unknown) {
  const error = fieldOf(body, 'error');
  const inner = isRecord(error) ? error : body;
  const either = (name: string) => textOf(fieldOf(inner, name)) ?? textOf(fieldOf(body, name));
  const sibling = textsOf(fieldOf(body, 'message'));
  const message = isRecord(error)
    ? textsOf(error.message)
    : (sibling ?? textsOf(error) ?? textsOf(fieldOf(body, 'errors')));
  const kind = sibling !== undefined && typeof error === 'string' ? error : fieldOf(error, 'type');
  const code = either('code') ?? textOf(kind);
  const hint = either('hint');
  const words = message !== undefined && hint !== undefined ? `${message} (${hint})` : (message ?? hint);
  const lists = listsIn({ ...(isRecord(body) ? body : {}), ...(isRecord(error) ? error : {}) });
  const whole = sentences(words, ...lists);
  return {
    code: code && clipped(code, LONGEST_CODE),
    message: whole === '' ? undefined : clipped(whole, LONGEST_MESSAGE),
  };
}

/** What an error lists beside its message, such as the values that are valid; no document names the field. */
function listsIn(error: JsonObject): readonly string[] {
  return Object.entries(error).flatMap(([name, value]) => {
    const isList = Array.isArray(value) && !['error', 'errors', 'message'].includes(name);
    const texts = isList ? value.flatMap((each) => textOf(each) ?? []) : [];
    return texts.length === 0 ? [] : [`${name}: ${texts.join(', ')}`];
  });
}

/** In characters. */
const LONGEST_CODE = 100;

/** A text, or the texts of a list as one. */
function textsOf(value: unknown): string | undefined {
  if (!Array.isArray(value)) return textOf(value);
  const texts = value.flatMap((each) => textOf(each) ?? []);
  return texts.length === 0 ? undefined : texts.join('; ');
}

/** The address of a model's weights. Throws ShapeError that does not show what came (docs/internals/roboflow-api.md#weights-and-stars). */
export function readWeightsUrl(body: unknown): URL {
  const address = textOf(fieldOf(body, 'weightsUrl'));
  if (address !== undefined && URL.canParse(address)) return new URL(address);
  throw new ShapeError(`not an address of weights but something of type ${typeof body}`);
}

/** Why a star was not given although the answer is a 2xx; undefined if it was (docs/internals/roboflow-api.md#weights-and-stars). */
export function readStarRefusal(body: unknown): string | undefined {
  if (!isRecord(body)) return undefined;
  if (body.success !== false && !body.error) return undefined;
  return textOf(body.message) ?? textOf(body.error) ?? 'Roboflow gives no reason';
}
