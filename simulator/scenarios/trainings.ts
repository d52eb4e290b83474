import type { Scenario } from '../scenario.ts';
import { base, minute, versionSpec } from './base.ts';

/** Version 7 is generated and not exported, so a start without an export trains on nothing (docs/internals/roboflow-api.md#version-training-routes). */
export const trainings: Scenario = {
  ...base,
  name: 'trainings',
  summary: 'The v2 routes only; new versions can be generated, and exporting takes a while.',
  versions: [...[4, 5, 6].map((number) => versionSpec(number)), versionSpec(7, { exports: [] })],
  routes: 'trainings',
  versionAsString: true,
  generateMs: 3 * minute,
  exportMs: 2 * minute,
  inputs: { version: 'new' },
};
