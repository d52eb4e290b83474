import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type FaultAction, takesEffect } from '../../faults.ts';
import type { Answer } from '../answer.ts';

type Headers = Readonly<Record<string, string>>;

/** Sends an answer in full: JSON, or the text itself if the body is a string. */
export function send(response: ServerResponse, { status, body }: Answer, headers: Headers = {}): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  write(response, status, text, { 'content-type': type, ...headers });
}

/**
 * Sends what the fault makes of an answer. `answer` computes the right one, and is called only if the
 * request takes effect; it gives the number that the log shows.
 */
export async function sendFaulty(
  response: ServerResponse,
  action: FaultAction,
  answer: () => Answer,
  signal: AbortSignal,
): Promise<number | string> {
  const right = takesEffect(action) ? answer() : null;
  switch (action.kind) {
    case 'slow':
    case 'lag':
      if (action.kind === 'slow') await pause(action.delayMs, undefined, { signal });
      send(response, right ?? answer());
      return response.statusCode;
    case 'status':
      send(response, { status: action.status, body: action.body ?? simulated }, action.headers);
      return action.status;
    case 'html':
      write(response, action.status, page(action.status), { 'content-type': 'text/html; charset=utf-8' });
      return action.status;
    case 'json':
      send(
        response,
        { status: 200, body: action.body },
        { 'content-type': 'application/json; charset=utf-8' },
      );
      return 200;
    case 'empty':
      write(response, 200, '', { 'content-type': 'application/json; charset=utf-8' });
      return 200;
    case 'garbage':
      write(response, 200, '\u0000{"status": tra\ufffd', {
        'content-type': 'application/json; charset=utf-8',
      });
      return 200;
    case 'redirect':
      write(response, action.status ?? 302, '', { location: action.location });
      return action.status ?? 302;
    case 'reset':
      response.socket?.resetAndDestroy();
      return action.kind;
    case 'cut':
      sendHalf(response, right, () => response.destroy());
      return action.kind;
    case 'stall':
      sendHalf(response, right, () => {});
      return action.kind;
    case 'hang':
      return action.kind;
  }
}

const simulated = { error: { message: 'This is a simulated fault.' } };

function write(response: ServerResponse, status: number, text: string, headers: Headers): void {
  if (response.destroyed) return;
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(text)) });
  response.end(text);
}

/** Promises the whole body and sends half of it. */
function sendHalf(response: ServerResponse, right: Answer | null, then: () => void): void {
  const text = JSON.stringify(right?.body ?? { status: 'training', progress: 0.5 });
  response.writeHead(right?.status ?? 200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(text)),
  });
  response.write(text.slice(0, Math.ceil(text.length / 2)), then);
}

function page(status: number): string {
  return `<!doctype html><html><head><title>${status}</title></head><body><h1>${status}</h1><p>The gateway could not be reached.</p></body></html>\n`;
}
