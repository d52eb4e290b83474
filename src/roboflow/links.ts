import { isSearch } from '../training/training.ts';
import type { ProjectRef } from './client.ts';

/** The page of a version's training on Roboflow; architecture searches have one of their own (API reference, D15). */
export function runPage(
  { workspace, project }: ProjectRef,
  version: number,
  modelType: string | undefined,
): string {
  const path = [workspace, project, ...(isSearch(modelType) ? ['nas-runs'] : []), String(version)];
  return `https://app.roboflow.com/${path.map(encodeURIComponent).join('/')}`;
}
