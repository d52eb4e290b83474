import { expect, test } from 'vitest';
import { clockSpeed, realDeadlineMs } from '../../src/lib/clock-speed.ts';

test.each([
  { apiUrl: 'http://127.0.0.1:8080', speed: '60', expected: 60 },
  { apiUrl: 'http://127.0.0.1:8080', speed: '0.5', expected: 1 },
  { apiUrl: 'http://127.0.0.1:8080', speed: 'Infinity', expected: 1 },
  { apiUrl: 'http://127.0.0.1:8080', speed: '', expected: 1 },
  { apiUrl: 'https://api.roboflow.com', speed: '60', expected: 1 },
  { apiUrl: 'not a URL', speed: '60', expected: 1 },
])('a speed of "$speed" at $apiUrl is $expected', ({ apiUrl, speed, expected }) => {
  expect(clockSpeed({ TRAIN_GATE_CLOCK_SPEED: speed }, apiUrl)).toBe(expected);
});

test.each([
  { deadlineMs: 30_000, speed: 1, expected: 30_000 },
  { deadlineMs: 30_000, speed: 10, expected: 3_000 },
  { deadlineMs: 30_000, speed: 300, expected: 1_000 },
])('a deadline of $deadlineMs ms is $expected real ms at speed $speed', ({ deadlineMs, speed, expected }) => {
  expect(realDeadlineMs(deadlineMs, speed)).toBe(expected);
});
