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
  /** Its turn has come: it is started, or attached to. */
  follows(training: PlannedTraining): void;
  /** @param leftMs by its progress, 0 once it has ended; undefined if nothing tells */
  sees(training: PlannedTraining, leftMs: number | undefined): void;
  became(training: PlannedTraining, became: Became): void;
  /** None is started any more. */
  noMore(): void;
}

interface Followed {
  readonly atMs: number;
  readonly endsAtMs: number | undefined;
}

/** The standing of `planned`, of which none is followed yet. */
export function createStanding(
  planned: readonly PlannedTraining[],
  queue: Queue,
  { clock, log }: Pick<Context, 'clock' | 'log'>,
): Standing {
  const open = new Set(planned);
  const followed = new Map<PlannedTraining, Followed>();
  const tookMs: number[] = [];
  let over = 0;
  let toldMs: number | undefined;
  const allLeftMs = () => {
    const each = [...open].map((training) =>
      openTraining(training, followed.get(training), queue, clock.now()),
    );
    return timeLeftOfAll(each, queue.most, tookMs);
  };
  const tell = (leftMs: number | undefined) => {
    const left = leftMs ? `, about ${formatDuration(leftMs)} left` : '';
    log.info(`${over} of ${planned.length} trainings have ended${left}.`);
    toldMs = leftMs;
  };
  return {
    follows: (training) => followed.set(training, { atMs: clock.now(), endsAtMs: undefined }),
    sees: (training, leftMs) => {
      const endsAtMs = leftMs === undefined ? undefined : clock.now() + leftMs;
      followed.set(training, { atMs: followed.get(training)?.atMs ?? clock.now(), endsAtMs });
      // The last one's own lines say it, and so does that of a training which ends.
      const allMs = open.size > 1 && leftMs !== 0 ? allLeftMs() : undefined;
      if (allMs !== undefined && isWorthALine(allMs, toldMs)) tell(allMs);
    },
    became: (training, { kind }) => {
      open.delete(training);
      const own = followed.get(training);
      if (kind === 'results' && own !== undefined && training.next.kind === 'start')
        tookMs.push(clock.now() - own.atMs);
      // What is left to run, or was when the time was over, has not ended; nor has what was never started.
      if (own === undefined || (kind !== 'results' && kind !== 'without-model')) return;
      over += 1;
      tell(allLeftMs());
    },
    noMore: () => {
      for (const training of open) if (!followed.has(training)) open.delete(training);
    },
  };
}

function openTraining(
  training: PlannedTraining,
  followed: Followed | undefined,
  queue: Queue,
  nowMs: number,
): OpenTraining {
  if (followed === undefined) return { kind: 'queued' };
  const { atMs, endsAtMs } = followed;
  return {
    kind: 'running',
    makesRoom: queue.trainings.includes(training),
    ranMs: training.next.kind === 'start' ? nowMs - atMs : undefined,
    leftMs: endsAtMs === undefined ? undefined : Math.max(0, endsAtMs - nowMs),
  };
}
