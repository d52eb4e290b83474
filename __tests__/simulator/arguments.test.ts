import { expect, it } from 'vitest';
import { readArguments, UsageError } from '../../simulator/arguments.ts';

it.each([
  { args: ['--scenario', 'nope'], says: /^--scenario: "nope" is none; valid: fine-tune, / },
  { args: ['--port', '-1'], says: /--port/ },
  { args: ['--port', '70000'], says: /^--port: give a whole number from 0 to 65535$/ },
  { args: ['--speed', '0'], says: /^--speed: give a number above 0$/ },
  { args: ['--routes', 'x'], says: /^--routes: "x" is none; valid: both, jobs, / },
  { args: ['--path-prefix', 'x'], says: /^--path-prefix: give a path that begins with \/$/ },
  { args: ['--what'], says: /\nValid: --scenario, --port, / },
])('a wrong command line is refused, and what is valid is said: $args', ({ args, says }) => {
  expect(() => readArguments(args)).toThrow(UsageError);
  expect(() => readArguments(args)).toThrow(says);
});

it('a command line without anything serves a fine-tune in real time', () => {
  expect(readArguments([])).toMatchObject({ scenario: 'fine-tune', port: 0, speed: 1 });
});
