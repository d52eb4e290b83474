import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from '../../simulator/runner.ts';

/** `index.js` is loaded always, every other script only where it is asked for. */
export async function reportSizes(folder: string): Promise<void> {
  const full = path.join(projectRoot, folder);
  const scripts = (await readdir(full)).filter((name) => name.endsWith('.js'));
  for (const name of scripts)
    console.log(`${folder}/${name}: ${(await stat(path.join(full, name))).size} bytes`);
}
