import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from '../simulator/runner.ts';
import { isRecord } from '../src/lib/json.ts';

/** How the lock file marks what only development or another platform needs. */
const NOT_BUNDLED = ['dev', 'devOptional', 'optional'];

/**
 * Writes dist/licenses.txt: name, version and licence of every package that the bundles can hold. The bundler's own list
 * covers the last chunk only.
 */
const lock: unknown = JSON.parse(await readFile(path.join(projectRoot, 'package-lock.json'), 'utf8'));
const entries = await Promise.all(productionFolders(lock).map(licenceOf));
await writeFile(path.join(projectRoot, 'dist', 'licenses.txt'), `${entries.join('\n\n')}\n`);

/** The folders of the packages that are installed without `--include=dev`, as the lock file has them. */
function productionFolders(content: unknown): readonly string[] {
  if (!isRecord(content) || !isRecord(content.packages)) throw new Error('package-lock.json has no packages');
  return Object.entries(content.packages)
    .filter(
      ([folder, entry]) =>
        folder !== '' && isRecord(entry) && !NOT_BUNDLED.some((mark) => entry[mark] === true),
    )
    .map(([folder]) => folder)
    .sort();
}

async function licenceOf(folder: string): Promise<string> {
  const root = path.join(projectRoot, folder);
  const manifest: unknown = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  if (!isRecord(manifest)) throw new Error(`${folder}/package.json is no object`);
  const file = (await readdir(root)).sort().find((name) => /^licen[cs]e/i.test(name));
  const text = file === undefined ? '' : (await readFile(path.join(root, file), 'utf8')).trim();
  return [`${manifest.name} ${manifest.version}`, String(manifest.license ?? 'see below'), text]
    .join('\n')
    .trim();
}
