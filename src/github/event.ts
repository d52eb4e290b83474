import { readFile } from 'node:fs/promises';

/**
 * The event that the workflow runs for, as GitHub sent it; undefined if there is none.
 * @throws Error if its file cannot be read or is not JSON
 */
export async function readEvent({ GITHUB_EVENT_PATH: file }: NodeJS.ProcessEnv): Promise<unknown> {
  return file ? JSON.parse(await readFile(file, 'utf8')) : undefined;
}
