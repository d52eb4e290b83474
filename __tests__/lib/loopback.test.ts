import { expect, test } from 'vitest';
import { isLoopback } from '../../src/lib/loopback.ts';

test.each([
  { url: 'http://localhost', expected: true },
  { url: 'http://LOCALHOST:80', expected: true },
  { url: 'http://127.0.0.1', expected: true },
  { url: 'http://127.255.255.254', expected: true },
  { url: 'http://[::1]', expected: true },
  { url: 'http://localhost.example', expected: false },
  { url: 'http://xlocalhost', expected: false },
  { url: 'http://127.0.0.1.example', expected: false },
  { url: 'http://1.127.0.0', expected: false },
  { url: 'http://[::]', expected: false },
  { url: 'https://api.roboflow.com', expected: false },
])('$url leads to this machine: $expected', ({ url, expected }) => {
  expect(isLoopback(new URL(url))).toBe(expected);
});
