import { describe, expect, test } from 'vitest';
import { rows } from '../rows.ts';
import { readText } from './pages.ts';

const [, box = ''] = /^> \*\*Costs and safety\*\*\n((?:>.*\n)+)/m.exec(await readText('README.md')) ?? [];
const section = box
  .replace(/^> ?-?/gm, '')
  .replace(/\[([^\]]*)\]\([^)]*\)|[`*]/g, '$1')
  .replace(/\s+/g, ' ');

/** A claim in the order of the section | the file of tests that holds it | the name of the test. */
const claims = rows(`
  Roboflow charges for each training that a step starts: at most one per model type. | flow/start-once | are paid for once at most
  An unclear start is repeated only if none shows for two minutes; | training/exactly-once | after the answers
  a re-run takes up the training before | dist/rerun | takes a finished training that is newer than the event
  If the workflow is cancelled, so is the training, as far as Roboflow allows it (on-cancel). | flow/signals | leaves nothing running: $signal in $moment
  If timeout passes, the training runs on and is paid for | flow/timeout | is taken up again by a re-run, which starts nothing
  (on-timeout). | dist/endings | is red when the timeout passes, and cancels the training when told to
  Waiting costs USD 0.36 an hour on GitHub's 2-core Linux runner in private repositories | docs/workflows | are what their sums come to
  wait: status holds no runner. | flow/wait-status | starts the training, and leaves it pending
  Green means judged. | flow/random-faults | never pass a training that was not judged or falls short
  The only other green ends are your choice: | flow/lasting-faults | ends undecided, never green: $name on $stage, $route
  no rules, | report/golden-scenarios | is the golden one
  dry-run, | step/before/dry-run | only reads, and takes no time
  wait: none | dist/endings | is green at once with wait: none
  or status, | flow/wait-status | starts the training, and leaves it pending
  on-missing-key: skip, | dist/endings | is green without a key, as the workflow says
  on-missing-baseline: skip, | flow/baseline | with "skip" one that is missing touches no other rule
  fail-build: false, | dist/endings | is green with fail-build: false, with a warning
  a training as its own baseline. | flow/baseline-file | of the training itself, on a quiet night, lets other rules decide
  The key goes to api-url only, | flow/outages | to another host is not followed: $status on $stage, $route
  and is in no log, report or file. | dist/key | shows nowhere when servers repeat it, in debug logs either
`);

describe('costs and safety in the README', () => {
  test.each(claims)('"%s" is held by %s: %s', async (claim, file, name) => {
    expect(section).toContain(claim);
    const quoted = (await readText(`__tests__/${file}.test.ts`)).match(/(['"`]).*\1/g);
    expect(quoted?.join('\n')).toContain(name);
  });

  test('make no other claim', () => {
    const rest = claims.reduce((text, [claim = '']) => text.replace(claim, ''), section);
    expect(rest.replace(/\(exceptions\)|\(costs\)|Security/g, '')).toMatch(/^[\s.]*$/);
  });
});
