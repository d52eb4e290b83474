import { describe, expect, test } from 'vitest';
import { defaultKey, type Fault, type RecordedRequest } from '../../simulator/simulator.ts';
import { answer, type Interference, startGateway } from './gateway.ts';
import { expectNoKey } from './no-key.ts';
import { brief } from './scenes.ts';
import { forGood, isMostTried, ROUTES, STAGES } from './stages.ts';
import type { RecordingRunner } from './step.ts';
import { openWorld } from './world.ts';

const minute = 60_000;

interface Outage {
  readonly route: 'jobs' | 'trainings';
  /** The outage begins when the simulator has answered this request. */
  readonly after: (request: RecordedRequest) => boolean;
  readonly lastsMs: number;
  readonly meanwhile: Interference;
  /** Which requests it hits; every one unless told. */
  readonly hits?: RegExp;
  readonly faults?: readonly Fault[];
}

const drop: Interference = (request) => {
  request.socket.destroy();
  return true;
};

/** Runs a fine-tune with the API out of reach for a while. */
async function runThrough({
  route,
  after,
  lastsMs,
  meanwhile,
  hits = /./,
  faults = [],
}: Outage): Promise<{ result: RecordingRunner; started: number }> {
  let beganAt: number | undefined;
  await using world = await openWorld({
    scenario: brief('fine-tune', { trainMs: 4 * minute }),
    routes: route,
    faults,
    onAnswer: (request) => {
      if (after(request)) beganAt ??= world.clock.now();
    },
  });
  await using gateway = await startGateway(world.simulator.url, (request, response) => {
    const isOut = beganAt !== undefined && world.clock.now() - beganAt < lastsMs;
    return isOut && hits.test(request.url ?? '') ? meanwhile(request, response) : false;
  });
  const result = await world.main({ route, 'api-url': gateway.url });
  expectNoKey(world, result);
  return { result, started: world.simulator.started().length };
}

const polled = ({ route }: RecordedRequest) => route === 'poll';
const posted = ({ route }: RecordedRequest) => route === 'start';
const RUN = /\/jobs\/job_|\/v2\/trainings\/get/;

describe.each(ROUTES)('on the route $route an outage', ({ route, id }) => {
  const lost: Fault = { route: 'start', do: { kind: 'reset', effect: 'after' } };
  const busy = answer(503, { 'retry-after': '120' });
  type Row = [
    name: string,
    after: Outage['after'],
    minutes: number,
    how: Interference,
    more?: Partial<Outage>,
  ];
  test.for<Row>([
    ['10 minutes of dropped connections in the wait', polled, 10, drop],
    ['10 minutes of 502 in the wait', polled, 10, answer(502)],
    ['10 minutes of 503 with Retry-After in the wait', polled, 10, busy],
    ['1 minute of 404 in the wait', polled, 1, answer(404), { hits: RUN }],
    ['10 minutes of 500 on the results', polled, 10, answer(500), { hits: /results|\/get\?/ }],
    ['4 minutes that begin with the start', posted, 4, drop],
    ['10 minutes that begin with the start', posted, 10, drop],
    ['10 minutes that swallow the answer of the start', posted, 10, drop, { faults: [lost] }],
  ])('is survived: %s', async ([, after, minutes, meanwhile, more]) => {
    const { result, started } = await runThrough({
      ...{ route, after, lastsMs: minutes * minute, meanwhile },
      ...more,
    });
    expect(result.failures).toEqual([]);
    expect(result.exitCode).toBe(0);
    expect(result.given).toMatchObject({ outcome: 'passed', map50: '84.2', 'job-id': id });
    expect(started).toBe(1);
  });

  test('of the whole server ends undecided', async () => {
    await using world = await openWorld({
      scenario: brief('fine-tune'),
      routes: route,
      onAnswer: (request) => {
        if (polled(request)) void world.simulator.close();
      },
    });
    const result = await world.main({ route });
    expect(result.exitCode).toBe(1);
    expect(result.outputs.get('outcome')).toBe('undecided');
    expect(result.failures).toEqual([expect.stringContaining('ECONNREFUSED')]);
    expectNoKey(world, result);
  });
});

const REDIRECTS = STAGES.flatMap((stage) =>
  (isMostTried(stage) ? [301, 302, 307, 308] : [302]).map((status) => ({ ...stage, status })),
);

describe('a redirect', () => {
  test.for(REDIRECTS)('to another host is not followed: $status on $stage, $route', async (row) => {
    const { route, scenario, inputs, status, begun } = row;
    await using elsewhere = await startGateway('http://127.0.0.1:9', answer(200));
    const location = `${elsewhere.url}/acme/hard-hats/jobs?from=${status}`;
    const faults = [forGood(row, { kind: 'redirect', location, status })];
    await using world = await openWorld({ scenario, routes: route, faults });
    const result = await world.main(inputs);
    expect(elsewhere.seen.filter((request) => request.includes(defaultKey))).toEqual([]);
    expect(elsewhere.seen).toEqual([]);
    expect(result.exitCode).toBe(1);
    expect(result.outputs.get('outcome')).toBe('undecided');
    expect(result.failures).toEqual([expect.stringContaining('Redirects are not followed')]);
    expect(world.simulator.started()).toHaveLength(begun);
    expectNoKey(world, result);
  });
});
