import { describe, expect, test } from 'vitest';
import type { Fault } from '../../simulator/simulator.ts';
import { expectNoKey } from './no-key.ts';
import { brief } from './scenes.ts';
import type { RecordingRunner } from './step.ts';
import { openWorld, type World } from './world.ts';

const SEARCH = { 'model-type': 'rfdetr-nas-parent', star: 'true', hardware: 't4 <= 5 ms\nJetson Orin NX' };

const favoritesIn = ({ simulator }: World) => simulator.requests.filter(({ route }) => route === 'favorite');

function picksOf(step: RecordingRunner): readonly string[] {
  const picks: Record<string, { modelId: string }> = JSON.parse(step.given.picks ?? '');
  return Object.values(picks).map(({ modelId }) => modelId);
}

describe('star: true', () => {
  test('stars each pick of a search that has passed, once', async () => {
    await using world = await openWorld({ scenario: brief('nas') });
    const step = await world.main(SEARCH);
    expect(step.given.outcome).toBe('passed');
    const picks = picksOf(step);
    expect(new Set(picks).size).toBe(2);
    expect(favoritesIn(world).map(({ method, path, body }) => ({ method, path, body }))).toEqual(
      picks.map((id) => ({
        method: 'POST',
        path: `/acme/models/${id.split('/')[1]}/favorite`,
        body: { starred: true },
      })),
    );
    expect(step.summaryText).toContain('⭐ Starred');
    for (const id of picks) expect(step.summaryText).toContain(`- \`${id}\``);
    expect(JSON.parse(step.files.get('results.json') ?? '').starred).toEqual(picks);
    expectNoKey(world, step);
  });

  const noScope = { kind: 'status', status: 403, body: { error: 'No scope.' } } as const;
  const tooMany = { kind: 'json', body: { success: false, error: 'Too many.' } } as const;
  test.for<[name: string, nth: number, fault: Fault['do'], starred: number]>([
    ['is sent again after an unclear answer', 1, { kind: 'cut', effect: 'after' }, 2],
    ['warns if it is refused, and the step is green', 1, noScope, 1],
    ['warns if a 2xx says that nothing was done', 2, tooMany, 1],
  ])('%s', async ([, nth, action, starred]) => {
    const fault: Fault = { route: 'favorite', nth, do: action };
    await using world = await openWorld({ scenario: brief('nas'), faults: [fault] });
    const step = await world.main(SEARCH);
    expect(step.exitCode).toBe(0);
    expect(step.given.outcome).toBe('passed');
    expect(JSON.parse(step.files.get('results.json') ?? '').starred).toHaveLength(starred);
    const said = step.warnings.filter((line) => line.includes('was not starred'));
    expect(said).toHaveLength(2 - starred);
    if (starred < 2) expect(step.summaryText).toContain('⚠️ Not starred:');
  });

  test('sends nothing if the gate did not pass', async () => {
    await using world = await openWorld({ scenario: brief('nas') });
    const step = await world.main({ ...SEARCH, thresholds: 'map50-95 >= 99' });
    expect(step.given.outcome).toBe('failed');
    expect(favoritesIn(world)).toEqual([]);
    expect(step.summaryText).not.toContain('⭐');
  });

  test('tells that a fine-tune has nothing to star, and sends nothing', async () => {
    await using world = await openWorld({ scenario: brief('fine-tune') });
    const step = await world.main({ star: 'true' });
    expect(step.exitCode).toBe(0);
    expect(favoritesIn(world)).toEqual([]);
    expect(step.summaryText).toContain('⭐ Nothing to star: only the models of an architecture search');
  });

  test('is told by a dry run, which sends nothing', async () => {
    await using world = await openWorld({ scenario: brief('nas') });
    const step = await world.main({ ...SEARCH, 'dry-run': 'true' });
    expect(step.summaryText).toContain('would star the picks');
    expect(favoritesIn(world)).toEqual([]);
  });
});
