import { test } from 'vitest';
import { expectGolden } from './golden.ts';
import { comments, reports } from './situations.ts';

test.each(Object.entries({ ...reports, ...comments }))('%s is the golden one', async (name, report) => {
  await expectGolden(name, report);
});
