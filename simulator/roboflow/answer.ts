/** What a route answers: a status and a body (JSON unless it is a string). */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Thrown by a route to answer with an error. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(status: number, body: unknown) {
    super(`refused with ${status}`);
    this.name = 'Refusal';
    this.answer = { status, body };
  }
}

/** 200 with this body. */
export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** Variant 1 of the error bodies (docs/internals/roboflow-api.md#errors), the one of the training actions. */
export function conflict(code: string, message: string): Refusal {
  return new Refusal(409, { error: { type: 'Conflict', message, code } });
}

/** Variant 1 with another type and whatever else the error carries. */
export function coded(
  status: number,
  error: { type: string; code: string; message: string; plan?: string; support_ref?: string },
): Refusal {
  return new Refusal(status, { error });
}

/** Variant 2: an error object with advice. */
export function advised(status: number, message: string, hint: string): Refusal {
  return new Refusal(status, { error: { message, hint } });
}

/** Variant 2 without the advice. */
export function invalid(message: string): Refusal {
  return new Refusal(400, { error: { message } });
}

/** Variant 3: `error` is a text. */
export function plain(status: number, error: string, hint?: string): Refusal {
  return new Refusal(status, hint === undefined ? { error } : { error, hint });
}

/** Variant 4: `error` is the code, the text is beside it (model evaluations). */
export function codeAsError(status: number, error: string, message: string): Refusal {
  return new Refusal(status, { error, message });
}

/** Variant 5: the code at top level. */
export function topLevel(status: number, code: string, message: string): Refusal {
  return new Refusal(status, { code, message });
}

/** Variant 6: nothing but a message, as a router says it. */
export function messageOnly(status: number, message: string): Refusal {
  return new Refusal(status, { message });
}
