import { createServer } from 'node:http';
import { closeAtOnce, listenOnLoopback, readBody } from '../../simulator/lib/loopback.ts';

/** A server that answers `METHOD /path` with what is given for it, else with 404, and keeps what was asked. */
export async function serving(answers: Readonly<Record<string, unknown>>) {
  const asked: { readonly what: string; readonly body: unknown }[] = [];
  const server = createServer(async (request, response) => {
    const what = `${request.method} ${request.url?.replace(/\?.*$/, '')}`;
    asked.push({ what, body: await readBody(request) });
    response.writeHead(what in answers ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answers[what] ?? {}));
  });
  const url = `http://127.0.0.1:${await listenOnLoopback(server)}`;
  return { url, asked, [Symbol.asyncDispose]: () => closeAtOnce(server) };
}
