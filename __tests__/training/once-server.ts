import { type Creation, exactlyOnce, type Search } from '../../src/training/exactly-once.ts';
import { VirtualClock } from '../flow/clock.ts';
import { KeptLog } from './fake-route.ts';

/**
 * One answer to a request: `made`, a refusal, no effect for now, or nothing clear, whether the request `arrived` or not.
 */
export type Answer = 'made' | 'refused' | 'busy' | 'lost-arrived' | 'lost';

/** A server that answers as it is told, and shows what it made after `lag` looks. */
export class Server {
  readonly made: string[] = [];
  creates = 0;
  finds = 0;
  /** What a look shows that is not certainly ours, by its number from 1. */
  doubt: (look: number) => string | undefined = () => undefined;
  readonly #answers: readonly Answer[];
  readonly #lag: number;

  constructor(answers: readonly Answer[], lag = 0) {
    this.#answers = answers;
    this.#lag = lag;
  }

  async create(): Promise<Creation<string>> {
    const answer = this.#answers[this.creates] ?? 'lost';
    this.creates += 1;
    const thing = `thing ${this.creates}`;
    if (answer === 'refused') throw new Error(`refused ${this.creates}`);
    if (answer === 'busy')
      return { kind: 'unsent', error: new Error(`busy ${this.creates}`), pauseMs: (tries) => tries * 60_000 };
    if (answer !== 'lost') this.made.push(thing);
    return answer === 'made'
      ? { kind: 'created', thing }
      : { kind: 'unclear', error: new Error(`lost ${this.creates}`) };
  }

  async find(): Promise<Search<string>> {
    this.finds += 1;
    const [thing] = this.made;
    if (this.finds > this.#lag && thing !== undefined) return { kind: 'found', thing };
    const reason = this.doubt(this.finds);
    return reason === undefined ? { kind: 'nothing' } : { kind: 'doubtful', reason };
  }
}

/** What making a thing on `server` comes to, and how long it takes. */
export async function outcomeOf(server: Server, { signal } = new AbortController()) {
  const clock = new VirtualClock();
  const log = new KeptLog();
  const startMs = clock.now();
  const once = {
    what: 'thing',
    create: () => server.create(),
    find: () => server.find(),
    describe: (thing: string) => `the ${thing}`,
    ifUnclear: 'Look for it yourself.',
  };
  const result = await exactlyOnce(once, startMs + 8 * 60_000, { clock, log, signal }).catch(
    (error: unknown) => error,
  );
  return { result, seconds: (clock.now() - startMs) / 1000, lines: log.lines };
}
