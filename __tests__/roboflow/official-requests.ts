import * as v from 'valibot';

type Body = Readonly<Record<string, unknown>>;

const AnyObject = v.record(v.string(), v.unknown());
const Bundle = v.looseObject({ status: v.string(), models: v.array(AnyObject) });

/**
 * The requests that Roboflow's own Python client makes about trainings, as far as verb, path, query and body go: the
 * key in the query, camel case in bodies, `nocache` on what it polls. It fails on everything but a 2xx with JSON.
 */
export class OfficialRequests {
  readonly #url: string;
  readonly #key: string;

  constructor(url: string, key: string) {
    this.#url = url;
    this.#key = key;
  }

  async login(): Promise<Body> {
    return v.parse(AnyObject, await this.#json('POST', '/'));
  }

  async workspace(): Promise<Body> {
    return v.parse(AnyObject, await this.#json('GET', '/acme'));
  }

  async project(): Promise<Body> {
    return v.parse(AnyObject, await this.#json('GET', '/acme/hard-hats'));
  }

  async listTrainings(version: number): Promise<readonly Body[]> {
    const body = await this.#json('GET', `/acme/hard-hats/${version}/v2/trainings`);
    return v.parse(v.object({ trainings: v.array(AnyObject) }), body).trainings;
  }

  async getTraining(version: number, trainingId?: string): Promise<v.InferOutput<typeof Bundle>> {
    const query = trainingId === undefined ? {} : { trainingId };
    return v.parse(Bundle, await this.#json('GET', `/acme/hard-hats/${version}/v2/trainings/get`, query));
  }

  async createTraining(version: number, body: Body): Promise<Body> {
    return v.parse(AnyObject, await this.#json('POST', `/acme/hard-hats/${version}/v2/trainings`, {}, body));
  }

  async endTraining(version: number, mode: 'cancel' | 'stop', body: Body): Promise<Body> {
    const path = `/acme/hard-hats/${version}/v2/trainings/${mode}`;
    return v.parse(AnyObject, await this.#json('POST', path, {}, body));
  }

  /** Whose answer the client does not read. */
  async startOnVersion(version: number, body: Body): Promise<void> {
    await this.#json('POST', `/acme/hard-hats/${version}/train`, { nocache: 'true' }, body);
  }

  async endOnVersion(version: number, mode: 'cancel' | 'stop'): Promise<Body> {
    return v.parse(AnyObject, await this.#json('POST', `/acme/hard-hats/${version}/train/${mode}`, {}, {}));
  }

  async recipe(version: number, modelType: string): Promise<Body> {
    const path = `/acme/hard-hats/${version}/v2/trainings/recipe`;
    return v.parse(AnyObject, await this.#json('GET', path, { modelType }));
  }

  async version(version: number): Promise<Body> {
    const body = await this.#json('GET', `/acme/hard-hats/${version}`, { nocache: 'true' });
    return v.parse(v.looseObject({ version: AnyObject }), body).version;
  }

  async exported(
    version: number,
    format: string,
  ): Promise<{ readonly status: number; readonly body: unknown }> {
    const response = await this.#send('GET', `/acme/hard-hats/${version}/${format}`, { nocache: 'true' });
    return { status: response.status, body: await response.json() };
  }

  async generate(settings: Body): Promise<Body> {
    return v.parse(AnyObject, await this.#json('POST', '/acme/hard-hats/generate', {}, settings));
  }

  async results(version: number): Promise<Body> {
    return v.parse(AnyObject, await this.#json('GET', `/acme/hard-hats/${version}/training/results`));
  }

  async models(group?: string): Promise<readonly Body[]> {
    const query = group === undefined ? {} : { group };
    return v.parse(v.array(AnyObject), await this.#json('GET', '/acme/hard-hats/models', query));
  }

  async model(slug: string): Promise<Body> {
    return v.parse(AnyObject, await this.#json('GET', `/models/acme/${slug}`));
  }

  async #json(
    method: 'GET' | 'POST',
    path: string,
    query: Readonly<Record<string, string>> = {},
    body?: Body,
  ): Promise<unknown> {
    const response = await this.#send(method, path, query, body);
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return response.json();
  }

  #send(
    method: 'GET' | 'POST',
    path: string,
    query: Readonly<Record<string, string>>,
    body?: Body,
  ): Promise<Response> {
    const parameters = new URLSearchParams({ api_key: this.#key, ...query });
    return fetch(`${this.#url}${path}?${parameters}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
  }
}
