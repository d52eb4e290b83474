import { expect, test } from 'vitest';
import { trainingPage } from '../../src/roboflow/training-page.ts';

test.each([
  ['rfdetr-nano', 'hats', 'https://app.roboflow.com/acme/hats/7'],
  [undefined, 'hats', 'https://app.roboflow.com/acme/hats/7'],
  ['rfdetr-nas-parent', 'hats', 'https://app.roboflow.com/acme/hats/nas-runs/7'],
  [undefined, "a/b ?#(x)['~!*]", 'https://app.roboflow.com/acme/a%2Fb%20%3F%23%28x%29%5B%27%7E%21%2A%5D/7'],
])('the page of a %s on %s is %s', (modelType, project, expected) => {
  const page = trainingPage({ app: 'https://app.roboflow.com', workspace: 'acme', project }, 7, modelType);
  expect(page).toBe(expected);
  expect(decodeURIComponent(page)).toContain(`/${project}/`);
});
