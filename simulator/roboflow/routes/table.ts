import type { RouteName } from '../../faults.ts';
import type { RoutesMode } from '../../scenario.ts';
import type { Answer } from '../answer.ts';
import { createAnnotationJob, getAnnotationJob, listAnnotationJobs } from './annotation-jobs.ts';
import type { Call } from './call.ts';
import { compareEvals } from './eval-compare.ts';
import { getImagePredictions } from './eval-images.ts';
import {
  getConfidenceSweep,
  getConfusionMatrix,
  getMapResults,
  getPerformanceByClass,
} from './eval-panels.ts';
import { getEval, listEvals } from './evals.ts';
import { getJob, listJobs, startJob } from './jobs.ts';
import { favoriteModel, getModel, listModels } from './models.ts';
import { getRecipe } from './recipe.ts';
import { getResults } from './results.ts';
import { cancelOnVersion, startOnVersion, stopOnVersion } from './train.ts';
import { cancelTraining, getTraining, listTrainings, startTraining, stopTraining } from './trainings.ts';
import { generate, getExport } from './versions.ts';
import { getWeightsUrl } from './weights.ts';
import { getProject, getRoot, getVersion, getWorkspace } from './workspace.ts';

/** One route: its method and path, its name for faults, and what answers. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly segments: readonly string[];
  readonly name: RouteName;
  readonly handle: (call: Call) => Answer;
}

/** A request's route and the parameters of its path. */
export interface Match {
  readonly route: Route;
  readonly params: ReadonlyMap<string, string>;
}

/** The routes of a server of this mode; the first that fits a path answers. */
export function routesFor(mode: RoutesMode): readonly Route[] {
  return [
    ...fixedRoutes,
    ...(mode === 'both' || mode === 'jobs' ? jobRoutes : []),
    ...(mode === 'annotation-jobs' ? annotationRoutes : []),
    ...(mode === 'jobs' ? [] : trainingsRoutes),
    ...openRoutes,
  ];
}

/** Finds the route of a request; null if there is none. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  segments: readonly string[],
): Match | null {
  for (const route of routes) {
    const params = method === route.method ? match(route.segments, segments) : null;
    if (params !== null) return { route, params };
  }
  return null;
}

function match(pattern: readonly string[], segments: readonly string[]): Map<string, string> | null {
  if (pattern.length !== segments.length) return null;
  const params = new Map<string, string>();
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (expected.startsWith(':')) params.set(expected.slice(1), segment);
    else if (expected !== segment) return null;
  }
  return params;
}

function route(
  method: Route['method'],
  path: string,
  name: RouteName,
  handle: (call: Call) => Answer,
): Route {
  return { method, segments: path.split('/').filter((segment) => segment !== ''), name, handle };
}

/** Paths with a word in them. They come before the ones below, which would take the word for a name. */
const fixedRoutes: readonly Route[] = [
  route('GET', '/', 'root', getRoot),
  route('POST', '/', 'root', getRoot),
  route('GET', '/models/:w/:url', 'models', getModel),
  route('GET', '/models/:w/:url/:v', 'models', getModel),
  route('GET', '/:w/model-evals', 'evals', listEvals),
  route('GET', '/:w/model-evals/compare', 'compare', compareEvals),
  route('GET', '/:w/model-evals/:id', 'eval', getEval),
  route('GET', '/:w/model-evals/:id/map-results', 'eval', getMapResults),
  route('GET', '/:w/model-evals/:id/performance-by-class', 'eval', getPerformanceByClass),
  route('GET', '/:w/model-evals/:id/confidence-sweep', 'eval', getConfidenceSweep),
  route('GET', '/:w/model-evals/:id/confusion-matrix', 'eval', getConfusionMatrix),
  route('GET', '/:w/model-evals/:id/image-predictions', 'images', getImagePredictions),
  route('POST', '/:w/models/:id/favorite', 'favorite', favoriteModel),
  route('GET', '/:w/:p/models', 'models', listModels),
  route('GET', '/:w/:p/:model/ptFile', 'weights', getWeightsUrl),
  route('POST', '/:w/:p/generate', 'generate', generate),
  route('POST', '/:w/:p/:v/train', 'start', startOnVersion),
  route('POST', '/:w/:p/:v/train/cancel', 'cancel', cancelOnVersion),
  route('POST', '/:w/:p/:v/train/stop', 'stop', stopOnVersion),
  route('GET', '/:w/:p/:v/training/results', 'results', getResults),
];

const jobRoutes: readonly Route[] = [
  route('GET', '/:w/:p/jobs', 'list', listJobs),
  route('POST', '/:w/:p/jobs', 'start', startJob),
  route('GET', '/:w/:p/jobs/:id', 'poll', getJob),
];

const annotationRoutes: readonly Route[] = [
  route('GET', '/:w/:p/jobs', 'list', listAnnotationJobs),
  route('POST', '/:w/:p/jobs', 'start', createAnnotationJob),
  route('GET', '/:w/:p/jobs/:id', 'poll', getAnnotationJob),
];

const trainingsRoutes: readonly Route[] = [
  route('GET', '/:w/:p/:v/v2/trainings', 'list', listTrainings),
  route('POST', '/:w/:p/:v/v2/trainings', 'start', startTraining),
  route('GET', '/:w/:p/:v/v2/trainings/get', 'poll', getTraining),
  route('GET', '/:w/:p/:v/v2/trainings/recipe', 'recipe', getRecipe),
  route('POST', '/:w/:p/:v/v2/trainings/cancel', 'cancel', cancelTraining),
  route('POST', '/:w/:p/:v/v2/trainings/stop', 'stop', stopTraining),
];

const openRoutes: readonly Route[] = [
  route('GET', '/:w', 'workspace', getWorkspace),
  route('GET', '/:w/:p', 'project', getProject),
  route('GET', '/:w/:p/:v', 'version', getVersion),
  route('GET', '/:w/:p/:v/:format', 'export', getExport),
];
