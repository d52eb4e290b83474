import { expect, test } from 'vitest';
import { adviceFor } from '../../../src/roboflow/http/failure-words.ts';
import { appIn, appOf, otherRegionOf } from '../../../src/roboflow/http/region.ts';

test.each([
  ['https://api.roboflow.com', 'https://app.roboflow.com', 'https://api.roboflow.eu'],
  ['https://api.roboflow.eu', 'https://app.roboflow.eu', 'https://api.roboflow.com'],
  ['https://api.roboflow.eu:443/', 'https://app.roboflow.eu', 'https://api.roboflow.com'],
  ['https://API.Roboflow.EU/v1', 'https://app.roboflow.eu', 'https://api.roboflow.com'],
  ['https://api.roboflow.one', 'https://app.roboflow.one', 'https://api.roboflow-eu.one'],
  ['https://api.roboflow-eu.one', 'https://app.roboflow-eu.one', 'https://api.roboflow.one'],
  ['http://127.0.0.1:8080', 'https://app.roboflow.com', undefined],
  ['https://gateway.example.com/api.roboflow.eu', 'https://app.roboflow.com', undefined],
  ['https://api.roboflow.eu.example.com', 'https://app.roboflow.com', undefined],
  ['https://api.notroboflow.eu', 'https://app.roboflow.com', undefined],
])('what is on %s is shown on %s, and keys of the other region are for %s', (address, app, other) => {
  const apiUrl = new URL(address);
  expect(appOf(apiUrl)).toBe(app);
  expect(otherRegionOf(apiUrl)).toBe(other);
  const refused = (status: number) =>
    adviceFor(
      { kind: 'refused', status, code: undefined, message: undefined, retryAfterMs: undefined },
      { verb: 'GET', path: [] },
      apiUrl,
    );
  const advice = `A key belongs to one region: if this one is of the other, set api-url to ${other}.`;
  expect(refused(401)?.includes(advice)).toBe(other !== undefined);
  expect(refused(403)).not.toContain('region');
});

test.each([
  ['https://app.roboflow.com/acme/hats/7', 'https://app.roboflow.com'],
  ['https://app.roboflow.eu/acme/hats/7#job=1', 'https://app.roboflow.eu'],
  ['https://app.roboflow-eu.one/', 'https://app.roboflow-eu.one'],
  ['https://app.roboflow.com', undefined],
  ['https://app.roboflow.com.example.org/acme', undefined],
  ['http://app.roboflow.com/acme', undefined],
  ['https://api.roboflow.com/acme', undefined],
  ['acme/hats', undefined],
])('%s is a page of %s', (page, app) => {
  expect(appIn(page)).toBe(app);
});
