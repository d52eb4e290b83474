import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createClockFile } from '../../simulator/clock-file.ts';
import { AUTHORITY, PRIVATE_KEY, SIGNED } from '../roboflow/http/certificates.ts';
import { answer, rawServer } from '../roboflow/http/raw-server.ts';
import { errorsOf, runAgainst } from './run.ts';

/** A step against an API on this machine that speaks TLS and refuses every key; on virtual time. */
async function errorsOfStep(env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const refusal = answer('{"error":"no such key"}', '401 No');
  await using api = await rawServer(refusal, { key: PRIVATE_KEY, cert: SIGNED });
  await using clock = await createClockFile();
  const result = await runAgainst({ url: api.apiUrl.href, clock }, { env });
  expect(result.outputs.outcome).toBe('undecided');
  return errorsOf(result);
}

describe('a private certificate authority on dist', () => {
  test('is told as such', async () => {
    const [error] = await errorsOfStep({});
    expect(error).toContain('its certificate is not trusted: UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    expect(error).toContain('NODE_EXTRA_CA_CERTS');
  });

  test('is trusted if the environment says so', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'authority-'));
    const file = path.join(folder, 'authority.pem');
    await writeFile(file, AUTHORITY);
    const [error] = await errorsOfStep({ NODE_EXTRA_CA_CERTS: file });
    await rm(folder, { recursive: true });
    expect(error).toContain('Roboflow answered 401 "no such key"');
  });
});

test('a proxy setting that is no address is named on dist, without its password', async () => {
  const env = { HTTPS_PROXY: 'me:s3cret@proxy.corp:3128', NO_PROXY: '' };
  const result = await runAgainst({ url: 'https://api.example.invalid' }, { env });
  expect(errorsOf(result)).toEqual([expect.stringContaining('HTTPS_PROXY is not the address of a proxy')]);
  expect(result.stdout + result.summary).not.toContain('s3cret');
});
