import type { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
import { TrainGateError } from '../../lib/errors.ts';

/** An answer of Node's client. */
type Message = Readable & { readonly socket: EventEmitter };

/**
 * The body of an answer in pieces. Each is there only until the next one is asked for, when its memory is freed: V8 would let
 * some 80 MB of them gather before it frees any.
 * @throws TrainGateError if Node freed a piece too soon
 */
export async function* piecesOf(message: Message): AsyncGenerator<Buffer, void, undefined> {
  // Node's own listener has been called before, and its parser copies the body out of what comes from the socket.
  message.socket.on('data', release);
  for await (const piece of message) {
    // A parser that does not copy would lead to this.
    if (piece.length === 0)
      throw new TrainGateError(`Node ${process.version} keeps a download in memory that is freed already.`, {
        hint: 'This is a bug in Train Gate: please report it.',
      });
    yield piece;
    release(piece);
  }
}

/** Frees the memory of bytes, unless they share it with others. */
function release({ buffer, byteLength }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
