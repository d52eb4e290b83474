import type { Context } from '../lib/context.ts';
import { OUTAGE_PATIENCE_MS } from '../lib/context.ts';
import { type Before, knownTrainings } from './before.ts';
import { exactlyOnce } from './exactly-once.ts';
import { findNewTraining } from './find-new.ts';
import { type Training, type TrainingRequest, withKnown } from './training.ts';
import type { TrainingApi } from './training-api.ts';

/** Is told of a start as it goes, so that whoever is interrupted in between knows what there may be to clean up. */
export interface StartRecord {
  /** A request is about to be sent. */
  starting(before: Before): void;
  /** It certainly had no effect. */
  unsent(): void;
  started(training: Training): void;
}

/** A training that this step started, and what was there before it. */
export interface Started {
  readonly training: Training;
  readonly before: Before;
}

/**
 * Starts exactly one training. After an unclear answer, a new training of this version and model type is adopted.
 * @param first what is there just before
 * @throws UnclearError if it cannot be found out whether a training was started
 */
export async function startTraining(
  request: TrainingRequest,
  first: Before,
  route: TrainingApi,
  { record, timeoutAtMs }: { readonly record: StartRecord; readonly timeoutAtMs: number },
  context: Context,
): Promise<Started> {
  const { clock } = context;
  const patienceUntilMs = () => clock.now() + OUTAGE_PATIENCE_MS;
  let before = first;
  let isStale = false;
  let wasUnclear = false;
  const training = await exactlyOnce(
    {
      what: 'training',
      create: async () => {
        // In the pause before another try, others may have started trainings, which must not be taken for ours.
        if (isStale)
          before = await route.before(request.version, await route.list(request.version, patienceUntilMs()));
        record.starting(before);
        const creation = await route.create(request);
        wasUnclear ||= creation.kind === 'unclear';
        isStale = creation.kind === 'unsent' && !wasUnclear;
        if (isStale) record.unsent();
        return creation;
      },
      find: () =>
        findNewTraining(
          route,
          request,
          { atMs: before.atMs, known: knownTrainings(before.trainings) },
          patienceUntilMs(),
        ),
      describe: ({ id }) => `training ${id}`,
      ifUnclear:
        'Nothing more is started. The post step looks for the training once more: if it finds one that is ours, it does what on-cancel says.',
    },
    timeoutAtMs,
    context,
  );
  const ours = withKnown(training, { ...request, createdAtMs: before.atMs });
  record.started(ours);
  return { training: ours, before };
}
