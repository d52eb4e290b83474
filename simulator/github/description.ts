import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import { isObject } from '../lib/json.ts';

/** Which of GitHub's published descriptions: that of github.com, or that of a GitHub Enterprise Server. */
export type Edition = 'api.github.com' | 'ghes-3.19';

/** One operation of the description: a method on a path. */
export interface Operation {
  readonly method: string;
  /** With placeholders, as in `/repos/{owner}/{repo}`. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly content: Readonly<Record<string, unknown>>;
}

const loaded = new Map<Edition, Promise<Description>>();

/** Reads a description once: it is large. */
export function describedBy(edition: Edition): Promise<Description> {
  const description = loaded.get(edition) ?? load(edition);
  loaded.set(edition, description);
  return description;
}

async function load(edition: Edition): Promise<Description> {
  const file = createRequire(import.meta.url).resolve(`@octokit/openapi/generated/${edition}.json`);
  return new Description(JSON.parse(await readFile(file, 'utf8')));
}

/** GitHub's OpenAPI description; its references are followed only when they are needed. */
export class Description {
  readonly #root: unknown;
  readonly #ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false, formats });
  readonly #validators = new Map<unknown, ValidateFunction>();
  /** By method and path: to go through all that GitHub describes takes its time. */
  readonly #operations = new Map<string, Operation | undefined>();

  constructor(root: unknown) {
    this.#root = root;
  }

  /** The operation of a request, the most literal path first; undefined if none is described. */
  operation(method: string, path: string): Operation | undefined {
    const request = `${method} ${path}`;
    if (!this.#operations.has(request)) this.#operations.set(request, this.#find(method, path));
    return this.#operations.get(request);
  }

  #find(method: string, path: string): Operation | undefined {
    const found = Object.entries(recordAt(this.#root, 'paths')).flatMap(([template, methods]) => {
      const params = matched(template, path);
      const content = at(methods, method.toLowerCase());
      return params && isObject(content) ? [{ method, path: template, params, content }] : [];
    });
    return found.sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length)[0];
  }

  /** The schema of the payload that an event has, such as `check-run-completed`. */
  webhook(name: string): unknown {
    const described = at(recordAt(recordAt(this.#root, 'x-webhooks'), name), 'post');
    return at(
      recordAt(recordAt(recordAt(described, 'requestBody'), 'content'), 'application/json'),
      'schema',
    );
  }

  /** What `value`, or the thing that it refers to, is. */
  resolve(value: unknown): unknown {
    const ref = at(value, '$ref');
    if (typeof ref !== 'string') return value;
    return this.resolve(ref.slice(2).split('/').reduce<unknown>(at, this.#root));
  }

  /** What is wrong with `value` by `schema`, in words; empty if nothing is. */
  problems(schema: unknown, value: unknown): readonly string[] {
    const validate = this.#validators.get(schema) ?? this.#ajv.compile(this.#bundled(schema));
    this.#validators.set(schema, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
  }

  /** `schema` with all that it refers to, in JSON Schema's own words. */
  #bundled(schema: unknown): Record<string, unknown> {
    const definitions: Record<string, unknown> = {};
    const translate = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(translate);
      if (!isObject(value)) return value;
      const { $ref: ref } = value;
      if (typeof ref !== 'string') return nullable(mapValues(value, translate));
      const name = ref.split('/').at(-1) ?? ref;
      if (!Object.hasOwn(definitions, name)) {
        definitions[name] = true;
        definitions[name] = translate(this.resolve(value));
      }
      return { $ref: `#/definitions/${name}` };
    };
    const translated = translate(schema);
    return { ...(isObject(translated) ? translated : {}), definitions };
  }
}

/** OpenAPI 3.0 marks what may be null; JSON Schema lists it. */
function nullable(schema: Record<string, unknown>): Record<string, unknown> {
  const { nullable: mayBeNull, ...rest } = schema;
  return mayBeNull === true ? { anyOf: [rest, { type: 'null' }] } : rest;
}

function mapValues(
  value: Record<string, unknown>,
  change: (each: unknown) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, change(each)]));
}

/** The values of the placeholders if `path` fits `template`. */
function matched(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const segment = decodeURIComponent(given[index] ?? '');
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name !== undefined && segment !== '') params[name] = segment;
    else if (part !== segment) return undefined;
  }
  return params;
}

/** The member `key` of `value`; undefined if there is none. */
export function at(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The object under `key`. */
export function recordAt(value: unknown, key: string): Readonly<Record<string, unknown>> {
  const found = at(value, key);
  return isObject(found) ? found : {};
}

const formats = {
  'date-time': (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text),
  uri: (text: string) => URL.canParse(text),
  email: /^[^@\s]+@[^@\s]+$/,
  int64: true,
} as const;
