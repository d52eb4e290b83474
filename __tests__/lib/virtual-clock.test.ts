import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createClockFile } from '../../simulator/clock-file.ts';
import { clockFor, timeOfFile, virtualClock } from '../../src/lib/virtual-clock.ts';
import { START_MS, VirtualClock } from '../flow/clock.ts';

const second = 1_000;

test.each([
  { name: 'nothing is said', env: {}, apiUrl: 'http://127.0.0.1:8080' },
  { name: 'no file is named', env: { TRAIN_GATE_CLOCK: '' }, apiUrl: 'http://127.0.0.1:8080' },
  {
    name: 'the API is Roboflow',
    env: { TRAIN_GATE_CLOCK: '/no/such/clock' },
    apiUrl: 'https://api.roboflow.com',
  },
  { name: 'api-url is no URL', env: { TRAIN_GATE_CLOCK: '/no/such/clock' }, apiUrl: 'not a URL' },
])('time is real when $name', ({ env, apiUrl }) => {
  // A virtual clock would look for its file, which is not there.
  expect(() => clockFor({ ...env, 'INPUT_API-URL': apiUrl }).now()).not.toThrow();
});

test('time comes from the file that is named when the API is a simulator on this machine', async () => {
  await using clock = await createClockFile(START_MS);
  const { now } = clockFor({ TRAIN_GATE_CLOCK: clock.file, 'INPUT_API-URL': 'http://127.0.0.1:8080' });
  clock.pass(1_234);
  expect(now()).toBe(START_MS + 1_234);
});

test('two processes that go by one file show the same time', async () => {
  await using shared = await createClockFile(START_MS);
  const [one, other] = [virtualClock(timeOfFile(shared.file)), virtualClock(timeOfFile(shared.file))];
  await one.sleep(5 * second + 0.4);
  await other.sleep(second);
  expect([one.now(), other.now(), shared.now()]).toEqual(Array(3).fill(START_MS + 6_001));
});

test('the sleeper that is due first wakes first, at its own time', async () => {
  const clock = new VirtualClock();
  const woken: string[] = [];
  const sleep = async (name: string, ms: number) => {
    await clock.sleep(ms);
    woken.push(`${name} ${clock.now() - START_MS}`);
  };
  const early = sleep('early', 10).then(() => sleep('early again', 20));
  await Promise.all([sleep('late', 100), early]);
  expect(woken).toEqual(['early 10', 'early again 30', 'late 100']);
});

test('nobody wakes while a deadline runs', async () => {
  const clock = new VirtualClock();
  const request = clock.deadline(30 * second);
  let isAwake = false;
  const sleep = clock.sleep(second).then(() => {
    isAwake = true;
  });
  await turn();
  await turn();
  expect([isAwake, clock.now()]).toEqual([false, START_MS]);
  request.end();
  request.end();
  await sleep;
  expect([isAwake, clock.now()]).toEqual([true, START_MS + second]);
  expect(request.signal.aborted).toBe(false);
});

test('a deadline is up when so much time was passed by somebody else', async () => {
  await using shared = await createClockFile(START_MS);
  const request = virtualClock(timeOfFile(shared.file)).deadline(30 * second);
  const isUp = new Promise((resolve) => request.signal.addEventListener('abort', resolve));
  for (const begin of [() => {}, request.restart]) {
    begin();
    shared.pass(29 * second);
    await turn();
    expect(request.signal.aborted).toBe(false);
  }
  shared.pass(second);
  await isUp;
  request.end();
});

test('a sleep ends at once when its signal aborts, and time does not move', async () => {
  const clock = new VirtualClock();
  const controller = new AbortController();
  const reason = new Error('enough');
  const sleep = clock.sleep(second, controller.signal);
  controller.abort(reason);
  await expect(sleep).rejects.toBe(reason);
  await expect(clock.sleep(second, controller.signal)).rejects.toBe(reason);
  expect(clock.now()).toBe(START_MS);
});
