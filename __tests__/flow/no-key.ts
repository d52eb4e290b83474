import { expect } from 'vitest';
import { defaultKey } from '../../simulator/simulator.ts';
import type { RecordingRunner } from './step.ts';
import type { World } from './world.ts';

/** Fails when `key`, plain or as it looks in a URL, shows in what a step wrote or in an address that it asked. */
export function expectNoKey(
  { simulator }: Pick<World, 'simulator'>,
  step: RecordingRunner,
  key: string = defaultKey,
): void {
  const urls = simulator.requests.map(({ path, query }) => `${path} ${JSON.stringify(query)}`).join('\n');
  const places = { written: step.written(), urls };
  const leaks = Object.entries(places)
    .filter(([, text]) => [key, encodeURIComponent(key)].some((form) => text.includes(form)))
    .map(([place]) => place);
  expect(leaks, 'places that show the key').toEqual([]);
}
