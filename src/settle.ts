import { GITHUB_DEADLINE_MS, openGithubSession } from './github/github-session.ts';
import { runStep } from './github/process.ts';
import { SETTLE_PATIENCE_MS, settle } from './step/settle-pending.ts';

const REQUEST_DEADLINE_MS = 30_000;
/** GitHub itself gives up on a query after ten seconds. */
const QUERY_DEADLINE_MS = 3 * GITHUB_DEADLINE_MS;

await runStep(({ runner, context, github }) => {
  const environment = { ...github, requestDeadlineMs: QUERY_DEADLINE_MS };
  return settle({
    runner,
    context,
    requestDeadlineMs: REQUEST_DEADLINE_MS,
    github: (token) => openGithubSession(token, environment, SETTLE_PATIENCE_MS),
  });
});
