import type { Log } from '../../src/lib/log.ts';
import type { Asked } from '../../src/training/exactly-once.ts';
import type { TrainingResults } from '../../src/training/results.ts';
import type { EndMode, EndResult, TrainingRoute } from '../../src/training/route.ts';
import type { Training, TrainingRequest } from '../../src/training/training.ts';

/** A training, told by what matters. */
export function training(changes: Partial<Training> = {}): Training {
  return {
    id: 't1',
    phase: 'active',
    status: 'running',
    version: 7,
    modelType: 'rfdetr-nano',
    progress: undefined,
    createdAtMs: undefined,
    reason: undefined,
    ...changes,
  };
}

export const request: TrainingRequest = {
  version: 7,
  modelType: 'rfdetr-nano',
  epochs: undefined,
  checkpoint: undefined,
  speed: undefined,
  recipe: undefined,
};

/** A log that keeps its lines. */
export class KeptLog implements Log {
  readonly lines: string[] = [];

  info(text: string): void {
    this.lines.push(text);
  }

  debug(text: string): void {
    this.lines.push(text);
  }

  notice(text: string): void {
    this.lines.push(text);
  }

  warning(text: string): void {
    this.lines.push(text);
  }

  failure(text: string): void {
    this.lines.push(text);
  }
}

/** A route whose trainings are in memory; what a test does not set up throws. */
export class FakeRoute implements TrainingRoute {
  readonly name = 'trainings';
  readonly calls: string[] = [];
  known: Training[] = [];
  /** What `look` shows; by default the training of that id among the known ones. */
  shown: Training | undefined;
  /** What `look` shows of single trainings. */
  looks: ReadonlyMap<string, Training> = new Map();
  /** The ids of trainings whose results are no longer to be had. */
  replaced: ReadonlySet<string> = new Set();
  ending: EndResult | Error = { kind: 'ended' };

  async list(): Promise<readonly Training[]> {
    this.calls.push('list');
    return [...this.known];
  }

  async create(asked: TrainingRequest): Promise<Asked<Training>> {
    this.calls.push('create');
    const made = training({
      id: 'new',
      version: asked.version,
      modelType: asked.modelType,
      phase: 'waiting',
    });
    this.known.push(made);
    return { kind: 'made', thing: made };
  }

  async find(id: string): Promise<Training> {
    const found = this.known.find((each) => each.id === id);
    if (found === undefined) throw new Error(`there is no ${id}`);
    return found;
  }

  async look({ id }: Pick<Training, 'id'>): Promise<Training> {
    this.calls.push('look');
    return this.looks.get(id) ?? this.shown ?? this.find(id);
  }

  async end({ id }: Pick<Training, 'id'>, mode: EndMode): Promise<EndResult> {
    this.calls.push(`${mode} ${id}`);
    if (this.ending instanceof Error) throw this.ending;
    return this.ending;
  }

  succeeded(): Promise<Training | undefined> {
    return Promise.reject(new Error('nobody asks for it here'));
  }

  holdsResultsOf({ id }: Training): boolean {
    return !this.replaced.has(id);
  }

  results(): Promise<TrainingResults> {
    return Promise.reject(new Error('nobody asks for it here'));
  }
}
