import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes `folder` and those above it, if they are not there. Node's own `recursive` never comes back where the system makes none
 * although the one above is there, as below /proc. Throws the error of the system.
 */
export async function makeFolder(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  await makeFolder(path.dirname(folder));
  await mkdir(folder).catch((error: unknown) => {
    // Another step may have made it meanwhile.
    if (!existsSync(folder)) throw error;
  });
}
