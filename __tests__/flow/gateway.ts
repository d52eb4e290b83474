import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

/** A server of its own on loopback that keeps what it was asked. */
export interface Gateway extends AsyncDisposable {
  readonly url: string;
  /** The requests, with every header, as one text each. */
  readonly seen: readonly string[];
}

/** Answers one request in place of what stands behind; true where it did. */
export type Interference = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Answers with a page of HTML. */
export function answer(status: number, headers: Readonly<Record<string, string>> = {}): Interference {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'text/html', ...headers });
    response.end('<html>away</html>');
    return true;
  };
}

/** Stands between a client and `target`, and hands everything on that `interfere` leaves alone. */
export async function startGateway(target: string, interfere: Interference): Promise<Gateway> {
  const seen: string[] = [];
  const server = createServer((incoming, outgoing) => {
    outgoing.on('error', () => {});
    seen.push(`${incoming.method} ${incoming.url} ${JSON.stringify(incoming.headers)}`);
    if (!interfere(incoming, outgoing)) handOn(target, incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the gateway has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function handOn(target: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const onward = request(`${target}${incoming.url ?? '/'}`, {
    method: incoming.method ?? 'GET',
    headers: incoming.headers,
  });
  onward.on('error', () => outgoing.destroy());
  onward.on('response', (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  incoming.pipe(onward);
}
