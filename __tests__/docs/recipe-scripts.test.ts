import { describe, expect, test } from 'vitest';
import { readRecipes, stepsOf } from './pages.ts';
import type { StepCall } from './run-jobs.ts';
import { runScript } from './run-script.ts';
import { serving } from './serving.ts';

const recipes = await readRecipes();

/** A step with a script, found by its name or id, as its recipe has it. */
function scriptOf(recipe: string, name: string, env: Readonly<Record<string, string>> = {}): StepCall {
  const workflow = recipes.find(({ where }) => where === `docs/recipes/${recipe}.yml`);
  const step = workflow && stepsOf(workflow).find((each) => [each.name, each.id].includes(name));
  if (step === undefined) throw new Error(`there is no step ${name} in ${recipe}`);
  return { job: '', step, given: { script: String(step.with?.script) }, env };
}

describe('chat.yml', () => {
  const RUN = 'https://github.example/run';

  test.each([
    ['Passed: mAP50 is 84.2 % (≥ 80 %)', `Passed: mAP50 is 84.2 % (≥ 80 %) ${RUN}`],
    ['Failed: `$(rm -rf /)` "x" \'y\'', `Failed: \`$(rm -rf /)\` "x" 'y' ${RUN}`],
    ['Failed: <!channel> & <@U1>', `Failed: &lt;!channel&gt; &amp; &lt;@U1&gt; ${RUN}`],
  ])('posts %s', async (VERDICT, text) => {
    await using chat = await serving({ 'POST /hook': {} });
    const call = scriptOf('chat', 'Tell the chat', { VERDICT, RUN, WEBHOOK: `${chat.url}/hook` });
    expect(await runScript(call, { url: '' })).toMatchObject({ told: [] });
    expect(chat.asked).toEqual([{ what: 'POST /hook', body: { text } }]);
  });

  test('warns if the chat refuses', async () => {
    await using chat = await serving({});
    const call = scriptOf('chat', 'Tell the chat', { VERDICT: 'Passed', RUN, WEBHOOK: `${chat.url}/hook` });
    expect(await runScript(call, { url: '' })).toMatchObject({ told: ['The chat answered 404'] });
  });
});

describe('accept-regression.yml', () => {
  const AT = '/repos/acme/site-safety';
  const set = (login: string, name = 'accept-regression', event = 'labeled') => {
    return { event, label: { name }, actor: { login } };
  };
  const lead = [set('joe'), set('joe', 'accept-regression', 'unlabeled'), set('maria'), set('joe', 'docs')];
  const TAKEN_OFF = 'There is a new commit, so accept-regression was taken off';
  const NOT_HER = 'joe is no maintainer of this repository, so accept-regression does not count';

  test.each<readonly [string, string, object[], string | undefined, told: string]>([
    ['by a maintainer', 'labeled', lead, 'maria', '**maria** accepts a model that falls short'],
    ['and another label is taken off', 'unlabeled', lead, 'maria', '**maria** accepts'],
    ['by somebody else', 'labeled', [set('joe')], undefined, NOT_HER],
    ['by somebody else after a maintainer', 'labeled', [set('maria'), set('joe')], undefined, NOT_HER],
    ['for the commit before', 'synchronize', lead, undefined, TAKEN_OFF],
    ['before it was closed', 'reopened', lead, undefined, TAKEN_OFF],
  ])('with the label set %s', async (_, action, events, by, told) => {
    const label = `DELETE ${AT}/issues/12/labels/accept-regression`;
    await using github = await serving({
      [`GET ${AT}/issues/12/events`]: events,
      [`GET ${AT}/collaborators/maria/permission`]: { user: { permissions: { maintain: true } } },
      [`GET ${AT}/collaborators/joe/permission`]: { user: { permissions: { maintain: false } } },
      [label]: [],
    });
    const payload = { action, pull_request: { number: 12 } };
    const end = await runScript(scriptOf('accept-regression', 'accepted'), { url: github.url, payload });
    expect(end.outputs.by).toBe(by);
    expect(end.told.join()).toContain(told);
    expect(github.asked.some(({ what }) => what === label)).toBe(told === TAKEN_OFF);
  });
});
