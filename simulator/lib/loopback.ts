import type { IncomingMessage, Server } from 'node:http';

/**
 * Lets `server` listen on this machine only, and gives its port.
 * @param port 0 for any that is free
 */
export async function listenOnLoopback(server: Server, port = 0): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

/** Ends every connection and the server. */
export async function closeAtOnce(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

/** The body of `request`: parsed if it is JSON, else the text; `''` for none. */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  // Most requests have none, and reading is what costs most about them.
  if (!('content-length' in request.headers || 'transfer-encoding' in request.headers)) return '';
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
