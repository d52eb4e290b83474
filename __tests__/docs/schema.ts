import { Ajv2020 } from 'ajv/dist/2020.js';
import { readText } from './pages.ts';

const schema = JSON.parse(await readText('docs/results.schema.json'));
const validate = new Ajv2020({ allErrors: true }).compile(closed(schema));

/**
 * What is wrong with a results file by `docs/results.schema.json`; nothing if it is right. Stricter than the schema, which
 * lets readers meet new fields: here a field that the schema does not describe is wrong.
 */
export function problemsOfResults(text: string): readonly string[] {
  if (validate(JSON.parse(text))) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

/** The schema with `additionalProperties: false` wherever properties are listed. */
function closed(schema: unknown): object {
  const text = JSON.stringify(schema, (_, value: unknown) => {
    const isObject = typeof value === 'object' && value !== null && 'type' in value && 'properties' in value;
    return isObject ? { additionalProperties: false, ...value } : value;
  });
  const strict: object = JSON.parse(text);
  return strict;
}
