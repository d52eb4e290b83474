import type { Context } from '../../lib/context.ts';
import { formatDuration } from '../../lib/duration.ts';
import type { Became } from './ended.ts';
import type { PlannedTraining } from './prepare.ts';
import { isWorthALine, type OpenTraining, timeLeftOfAll } from './time-left.ts';

/** The trainings that wait for their turn, and how many of them run at a time. */
export interface Queue {
  readonly trainings: readonly PlannedTraining[];
  readonly most: number;
}

/** How many trainings have ended and when the last one does, for whoever reads the log. */
export interface Standing {
  /** Its turn has come. */
  begins(training: PlannedTraining): void;
  /** @param leftMs by its progress, 0 once it has ended; undefined if nothing tells */
  sees(training: PlannedTraining, leftMs: number | undefined): void;
  became(training: PlannedTraining, became: Became): void;
  /** None begins any more. */
  noMore(): void;
}

interface Begun {
  readonly atMs: number;
  readonly endsAtMs: number | undefined;
}

/** The standing of `planned`, of which none has begun. */
export function createStanding(
  planned: readonly PlannedTraining[],
  queue: Queue,
  { clock, log }: Pick<Context, 'clock' | 'log'>,
): Standing {
  const open = new Set(planned);
  const begun = new Map<PlannedTraining, Begun>();
  const tookMs: number[] = [];
  let over = 0;
  let toldMs: number | undefined;
  const allLeftMs = () => {
    const each = [...open].map((training) => openTraining(training, begun.get(training), queue, clock.now()));
    return timeLeftOfAll(each, queue.most, tookMs);
  };
  const tell = (leftMs: number | undefined) => {
    const left = leftMs ? `, about ${formatDuration(leftMs)} left` : '';
    log.info(`${over} of ${planned.length} trainings have ended${left}.`);
    toldMs = leftMs;
  };
  return {
    begins: (training) => begun.set(training, { atMs: clock.now(), endsAtMs: undefined }),
    sees: (training, leftMs) => {
      const endsAtMs = leftMs === undefined ? undefined : clock.now() + leftMs;
      begun.set(training, { atMs: begun.get(training)?.atMs ?? clock.now(), endsAtMs });
      // The last one's own lines say it, and so does that of a training which ends.
      const allMs = open.size > 1 && leftMs !== 0 ? allLeftMs() : undefined;
      if (allMs !== undefined && isWorthALine(allMs, toldMs)) tell(allMs);
    },
    became: (training, { kind }) => {
      open.delete(training);
      const own = begun.get(training);
      if (kind === 'results' && own !== undefined && training.next.kind === 'start')
        tookMs.push(clock.now() - own.atMs);
      // What is left to run, or was when the time was over, has not ended; nor has what never began.
      if (own === undefined || (kind !== 'results' && kind !== 'without-model')) return;
      over += 1;
      tell(allLeftMs());
    },
    noMore: () => {
      for (const training of open) if (!begun.has(training)) open.delete(training);
    },
  };
}

function openTraining(
  training: PlannedTraining,
  begun: Begun | undefined,
  queue: Queue,
  nowMs: number,
): OpenTraining {
  if (begun === undefined) return { kind: 'queued' };
  const { atMs, endsAtMs } = begun;
  return {
    kind: 'running',
    makesRoom: queue.trainings.includes(training),
    ranMs: training.next.kind === 'start' ? nowMs - atMs : undefined,
    leftMs: endsAtMs === undefined ? undefined : Math.max(0, endsAtMs - nowMs),
  };
}
