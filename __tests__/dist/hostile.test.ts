import { describe, expect, test } from 'vitest';
import { routeOf } from '../flow/requests.ts';
import { brief } from '../flow/scenes.ts';
import { expectNoKey, runAgainst } from './run.ts';
import { startTimed } from './timed.ts';

/** Every line that the runner would take for a command, but for the requests of the debug log. */
function commandsIn(log: string): readonly string[] {
  const lines = log.split('\n').filter((line) => /^\s*::|##\[/.test(line));
  return lines.filter((line) => !/^::debug::(GET|POST) \/\S*: (\d{3}|no answer), \d+ ms$/.test(line));
}

describe('hostile text', () => {
  test.concurrent('gives no workflow command but our own, and no number that is none', async () => {
    await using simulator = await startTimed({ scenario: brief('hostile') });
    const result = await runAgainst(simulator, {
      inputs: { 'model-type': 'rfdetr-nas-parent', thresholds: 'map75 >= 80' },
    });
    expect(result.exitCode).toBe(1);
    expect(result.outputs).toMatchObject({
      outcome: 'undecided',
      map50: '',
      'map50-95': '81.5',
      precision: '',
    });
    expect(commandsIn(result.stdout)).toEqual([
      expect.stringMatching(/^::add-mask::/),
      expect.stringMatching(/^::warning::\d+ of \d+ models report no metrics\. What is there is judged\.$/),
      expect.stringMatching(/^::error::map75 >= 80: mAP75 was not reported; /),
    ]);
    expect(routeOf(simulator)).toContain('POST /acme/hard-hats/7/v2/trainings');
    expectNoKey(result, simulator);
  });

  test.concurrent('in the reason of a failure stays one annotation', async () => {
    const scenario = brief('hostile', { end: 'failed', endsAt: 0.5 });
    await using simulator = await startTimed({ scenario });
    const result = await runAgainst(simulator, { inputs: { 'model-type': 'rfdetr-nas-parent' } });
    expect(result.exitCode).toBe(1);
    expect(result.outputs.outcome).toBe('undecided');
    expect(commandsIn(result.stdout)).toEqual([
      expect.stringMatching(/^::add-mask::/),
      expect.stringMatching(/^::error::Not judged: training \w+ failed: /),
    ]);
  });
});
