import type { Log } from '../../src/lib/context.ts';
import type { ResultsReading } from '../../src/training/await-results.ts';
import type { Before } from '../../src/training/before.ts';
import type { Training, TrainingRequest } from '../../src/training/training.ts';
import type {
  BaselinePlace,
  Creation,
  EndMode,
  EndResult,
  Look,
  PastVersion,
  RouteName,
  TrainingApi,
  TrainingRef,
} from '../../src/training/training-api.ts';

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
  readonly warnings: string[] = [];

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
    this.warnings.push(text);
  }

  failure(text: string): void {
    this.lines.push(text);
  }
}

/** A route whose trainings are in memory; what a test does not set up throws. */
export class FakeRoute implements TrainingApi {
  readonly name: RouteName = 'trainings';
  can: TrainingApi['can'] = { recipes: true, ownIds: true, severalAtOnce: true, videos: true };
  readonly calls: string[] = [];
  /** How long each look and each end may be repeated, in epoch ms. */
  readonly patientUntilMs: number[] = [];
  known: Training[] = [];
  /** What `look` shows of single trainings, or that no good answer comes; else the one of that id among the known ones. */
  looks: ReadonlyMap<string, Training | Error> = new Map();
  ending: EndResult | Error = { kind: 'ended' };
  /** What the version shows before a start. */
  nowMs = 0;

  async list(): Promise<readonly Training[]> {
    this.calls.push('list');
    return [...this.known];
  }

  async before(_version: number, trainings: readonly Training[]): Promise<Before> {
    this.calls.push('before');
    return { atMs: this.nowMs, trainings, results: undefined };
  }

  async create(wanted: TrainingRequest): Promise<Creation<Training>> {
    this.calls.push('create');
    const made = training({
      id: 'new',
      version: wanted.version,
      modelType: wanted.modelType,
      phase: 'waiting',
    });
    this.known.push(made);
    return { kind: 'created', thing: made };
  }

  async find(id: string): Promise<Training | undefined> {
    return this.known.find((each) => each.id === id);
  }

  async look({ id }: TrainingRef, untilMs: number): Promise<Look> {
    this.calls.push(`look ${id}`);
    this.patientUntilMs.push(untilMs);
    const shown = this.looks.get(id) ?? (await this.find(id));
    if (shown === undefined) throw new Error(`there is no ${id}`);
    return shown instanceof Error ? { kind: 'silent', error: shown } : { kind: 'seen', training: shown };
  }

  async end({ id }: TrainingRef, mode: EndMode, untilMs: number): Promise<EndResult> {
    this.calls.push(`${mode} ${id}`);
    this.patientUntilMs.push(untilMs);
    if (this.ending instanceof Error) throw this.ending;
    return this.ending;
  }

  trainedVersion(_place: BaselinePlace): Promise<PastVersion | undefined> {
    return Promise.reject(new Error('no test has set this up'));
  }

  results(_training: Training): Promise<ResultsReading> {
    return Promise.reject(new Error('no test has set this up'));
  }
}
