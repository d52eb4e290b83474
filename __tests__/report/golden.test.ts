import { test } from 'vitest';
import { expectGolden } from './golden.ts';
import { rendered } from './situations.ts';

test.each(Object.entries(rendered))('%s is the golden one', async (name, render) => {
  await expectGolden(name, render());
});
