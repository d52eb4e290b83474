import type { IncomingHttpHeaders } from 'node:http';
import { isObject } from '../lib/json.ts';
import { at, type Description, type Operation, recordAt } from './description.ts';

/** A request as the check needs it; `path` without the prefix that an Enterprise server has. */
export interface CheckedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  /** Parsed if it is JSON, else the text; `''` for none. */
  readonly body: unknown;
}

/** What a request asks that the description does not know: its operation, parameters, body. Empty if it is in order. */
export function requestProblems(
  description: Description,
  request: CheckedRequest,
  operation: Operation | undefined,
): readonly string[] {
  if (operation === undefined) return ['GitHub describes no such method and path'];
  return [
    ...parameterProblems(description, request, operation),
    ...bodyProblems(description, request, operation),
  ];
}

function parameterProblems(
  description: Description,
  { query }: CheckedRequest,
  operation: Operation,
): readonly string[] {
  const declared = listAt(operation.content, 'parameters').map((each) => description.resolve(each));
  const problemsOf = (place: 'path' | 'query', given: Readonly<Record<string, string>>) =>
    declared
      .filter((parameter) => at(parameter, 'in') === place)
      .flatMap((parameter) => {
        const name = String(at(parameter, 'name'));
        const value = given[name];
        if (value === undefined) return at(parameter, 'required') === true ? [`${name} is missing`] : [];
        const schema = at(parameter, 'schema');
        return description.problems(schema, asTyped(value, schema)).map((problem) => `${name} ${problem}`);
      });
  const known = declared.filter((each) => at(each, 'in') === 'query').map((each) => at(each, 'name'));
  const unknown = Object.keys(query).filter((name) => !known.includes(name));
  return [
    ...problemsOf('path', operation.params),
    ...problemsOf('query', query),
    ...unknown.map((name) => `the query has an unknown ${name}`),
  ];
}

/** Parameters travel as text; what is described as a number is read as one. */
function asTyped(value: string, schema: unknown): unknown {
  const isNumber = at(schema, 'type') === 'integer' || at(schema, 'type') === 'number';
  return isNumber && /^-?\d+$/.test(value) ? Number(value) : value;
}

function bodyProblems(
  description: Description,
  { body, headers }: CheckedRequest,
  operation: Operation,
): readonly string[] {
  const described = description.resolve(operation.content.requestBody);
  if (described === undefined) return body === '' ? [] : ['it has a body, and none is described'];
  const schema = at(recordAt(recordAt(described, 'content'), 'application/json'), 'schema');
  if (!/^application\/json/.test(headers['content-type'] ?? '')) return ['its body is not sent as JSON'];
  const unknown = isObject(body)
    ? Object.keys(body).filter((name) => !Object.hasOwn(recordAt(schema, 'properties'), name))
    : [];
  return [
    ...description.problems(schema, body).map((problem) => `body ${problem}`),
    ...unknown.map((name) => `the body has an unknown ${name}`),
  ];
}

/** What is in an answer of the stand-in that would not be in GitHub's. Errors that no operation lists have GitHub's basic form. */
export function answerProblems(
  description: Description,
  operation: Operation,
  { status, body }: { readonly status: number; readonly body: unknown },
): readonly string[] {
  const described = description.resolve(at(operation.content.responses, String(status)));
  if (described === undefined && status < 400) return [`status ${status} is not described`];
  if (body === undefined && at(described, 'content') === undefined) return [];
  const schema = at(recordAt(recordAt(described, 'content'), 'application/json'), 'schema') ?? {
    $ref: '#/components/schemas/basic-error',
  };
  return description.problems(schema, body).map((problem) => `answer ${status} ${problem}`);
}

/** The example that the description gives of what an operation answers. */
export function exampleAnswer(description: Description, operation: Operation, status: number): unknown {
  const described = description.resolve(at(operation.content.responses, String(status)));
  const [example] = Object.values(
    recordAt(recordAt(recordAt(described, 'content'), 'application/json'), 'examples'),
  );
  return at(description.resolve(example), 'value');
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const found = at(value, key);
  return Array.isArray(found) ? found : [];
}
