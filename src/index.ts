import { commentWriter } from './github/comment/comment.ts';
import { runStep } from './github/process.ts';
import { statusWriter } from './github/status/status-writer.ts';
import { main } from './step/main.ts';

const REQUEST_DEADLINE_MS = 30_000;

await runStep(({ run, runner, context, github }) =>
  main({
    runner,
    context,
    requestDeadlineMs: REQUEST_DEADLINE_MS,
    rerunSinceMs: run.rerunSinceMs,
    comment: commentWriter(github),
    status: statusWriter(github),
  }),
);
