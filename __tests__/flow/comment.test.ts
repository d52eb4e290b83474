import { describe, expect, test } from 'vitest';
import { RecordedComment } from './comment.ts';
import { openWorld, type World } from './world.ts';

const asked = { comment: 'true', 'github-token': 'ghs_1' };
const inputs = { token: 'ghs_1', project: 'hard-hats', modelType: 'rfdetr-nano' };

/** How often each route was asked by the time a new run was said to be under way. */
class TimedComment extends RecordedComment {
  world: World | undefined;
  readonly askedBefore: (string | null)[] = [];

  override async underWay(given: typeof inputs): Promise<void> {
    this.askedBefore.push(...(this.world?.simulator.requests ?? []).map(({ route }) => route));
    await super.underWay(given);
  }
}

describe('the comment', () => {
  test('says that a training is under way once the training is known, and how it ended', async () => {
    const comment = new TimedComment();
    await using world = await openWorld({ comment });
    comment.world = world;
    await world.main(asked);
    expect(comment.said).toMatchObject([
      { kind: 'under way', inputs },
      { kind: 'concluded', inputs, conclusion: { kind: 'judged' }, run: { version: 7 } },
    ]);
    expect(comment.askedBefore).toContain('start');
    expect(comment.askedBefore).not.toContain('poll');
  });

  test.each<{ name: string; given: Readonly<Record<string, string>>; conclusion: string }>([
    { name: 'is not waited for', given: { wait: 'none' }, conclusion: 'started' },
    { name: 'never began', given: { project: 'no-such-project' }, conclusion: 'undecided' },
  ])('of a training that $name is written once', async ({ given, conclusion }) => {
    const comment = new RecordedComment();
    await using world = await openWorld({ comment });
    await world.main({ ...asked, ...given });
    expect(comment.said).toMatchObject([{ kind: 'concluded', conclusion: { kind: conclusion } }]);
  });

  test.each<{ name: string; given: Readonly<Record<string, string>>; outcome: string }>([
    { name: 'that finds all in order', given: {}, outcome: 'checked' },
    { name: 'that finds something wrong', given: { project: 'no-such-project' }, outcome: 'undecided' },
    { name: 'with mistakes in its inputs', given: { thresholds: 'mapp >= 80' }, outcome: 'undecided' },
    { name: 'that is misspelt', given: { 'dry-run': 'treu' }, outcome: 'undecided' },
  ])('is left as it is by a dry run $name', async ({ given, outcome }) => {
    const comment = new RecordedComment();
    await using world = await openWorld({ comment });
    const step = await world.main({ ...asked, 'dry-run': 'true', ...given });
    expect(step.outputs.get('outcome')).toBe(outcome);
    expect(comment.said).toEqual([]);
  });
});
