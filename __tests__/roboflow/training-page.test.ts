import { expect, test } from 'vitest';
import { trainingPage } from '../../src/roboflow/training-page.ts';

test.each([
  { project: 'hats', modelType: 'rfdetr-nano', expected: 'https://app.roboflow.com/acme/hats/7' },
  { project: 'hats', modelType: undefined, expected: 'https://app.roboflow.com/acme/hats/7' },
  {
    project: 'hats',
    modelType: 'rfdetr-nas-parent',
    expected: 'https://app.roboflow.com/acme/hats/nas-runs/7',
  },
  {
    project: "a/b ?#(x)['~!*]",
    modelType: undefined,
    expected: 'https://app.roboflow.com/acme/a%2Fb%20%3F%23%28x%29%5B%27%7E%21%2A%5D/7',
  },
])('the page of a $modelType on $project is $expected', ({ project, modelType, expected }) => {
  const page = trainingPage({ workspace: 'acme', project }, 7, modelType);
  expect(page).toBe(expected);
  expect(decodeURIComponent(page)).toContain(`/${project}/`);
});
