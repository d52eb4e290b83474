import { accessSync, constants, existsSync, lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';

const LARGEST_FILE_BYTES = 1024 * 1024;

/** The text of a file in the workspace. Links are followed before the path is checked: a link in a pull request must not lead to another file of the runner. */
export function readWorkspaceFile(file: string, workspace: string): string {
  const root = realpathSync(workspace);
  const resolved = path.resolve(root, file);
  if (!existsSync(resolved)) throw new Error('there is no such file');
  const real = realpathSync(resolved);
  if (!real.startsWith(root + path.sep)) throw new Error('it lies outside of the workspace');
  const { size } = statSync(real);
  if (size > LARGEST_FILE_BYTES) throw new Error(`it is larger than ${LARGEST_FILE_BYTES} bytes`);
  return readFileSync(real, 'utf8');
}

/** A folder in the workspace that files can be put into. */
export interface WorkspaceFolder {
  /** Absolute, with all links followed. */
  readonly path: string;
  /** From the workspace, with slashes, as later steps can name it; `.` for the workspace itself. */
  readonly fromWorkspace: string;
}

/** The folder that `folder` names, with links followed, so that none leads out. Throws Error that says why no file can be put there. */
export function findWorkspaceFolder(folder: string, workspace: string): WorkspaceFolder {
  const root = realpathSync(workspace);
  const wanted = path.resolve(root, folder);
  const there = nearestThere(wanted);
  const real = realOf(there);
  if (real !== root && !real.startsWith(root + path.sep)) throw new Error('it lies outside of the workspace');
  if (!statSync(real).isDirectory()) throw new Error(`${path.relative(root, real)} is not a folder`);
  try {
    accessSync(real, constants.W_OK | constants.X_OK);
  } catch {
    throw new Error(`${path.relative(root, real) || 'the workspace'} cannot be written to`);
  }
  const whole = path.join(real, path.relative(there, wanted));
  const fromWorkspace = path.relative(root, whole).replaceAll(path.sep, '/') || '.';
  return { path: whole, fromWorkspace };
}

/** The longest beginning of the path that is there, if only as a link that leads nowhere. */
function nearestThere(wanted: string): string {
  try {
    lstatSync(wanted);
    return wanted;
  } catch {
    return nearestThere(path.dirname(wanted));
  }
}

function realOf(there: string): string {
  try {
    return realpathSync(there);
  } catch {
    throw new Error(`${there} is a link that leads nowhere`);
  }
}
