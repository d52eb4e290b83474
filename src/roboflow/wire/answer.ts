import * as v from 'valibot';
import { isRecord } from '../../json.ts';
import { NonEmpty, textOf, unexpected } from './shape.ts';

/** The slug of the workspace that the key belongs to (API reference, section 1, preflight). */
export function readKeyWorkspace(body: unknown): string {
  const parsed = v.safeParse(v.looseObject({ workspace: NonEmpty }), body);
  if (!parsed.success) throw unexpected("the key's workspace", body);
  return parsed.output.workspace;
}

/**
 * What came of a cancel or stop; `refund: false` means that nothing was cancelled (API reference, 2.3). Any other 2xx is
 * a success, also an empty one (D7).
 * @throws ShapeError where the answer is neither an object nor empty, which says nothing about the training
 */
export function readRefund(body: unknown): boolean | undefined {
  if (body === undefined) return undefined;
  if (!isRecord(body)) throw unexpected('the answer of a cancel or stop', body);
  return typeof body.refund === 'boolean' ? body.refund : undefined;
}

/**
 * Code and message of an error body, in any of its six shapes (API reference, 2.1). Where there is no code, the type of
 * the error stands for it; several messages are one text.
 */
export function readApiError(body: unknown): {
  readonly code: string | undefined;
  readonly message: string | undefined;
} {
  if (!isRecord(body)) return { code: undefined, message: undefined };
  const { error } = body;
  const inner = isRecord(error) ? error : body;
  const sibling = textsOf(body.message);
  const message = isRecord(error)
    ? textsOf(error.message)
    : (sibling ?? textsOf(error) ?? textsOf(body.errors));
  const hint = textOf(inner.hint) ?? textOf(body.hint);
  const errorIsCode = sibling !== undefined && typeof error === 'string';
  const kind = isRecord(error) ? textOf(error.type) : undefined;
  return {
    code: textOf(inner.code) ?? textOf(body.code) ?? (errorIsCode ? textOf(error) : kind),
    message: message !== undefined && hint !== undefined ? `${message} (${hint})` : (message ?? hint),
  };
}

/** A text, or the texts of a list as one. */
function textsOf(value: unknown): string | undefined {
  if (!Array.isArray(value)) return textOf(value);
  const texts = value.flatMap((each) => textOf(each) ?? []);
  return texts.length === 0 ? undefined : texts.join('; ');
}
