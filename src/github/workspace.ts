import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs';
import path from 'node:path';

/**
 * The text of a file that an input names: UTF-8, without a byte order mark, in one of the `folders`; a path counts from the first.
 * Links are followed before the path is checked: one in a pull request must not lead to another file of the runner. Undefined if no
 * file is there. Throws Error that says why one cannot be read.
 */
export function readInputFile(
  file: string,
  folders: readonly string[],
  mostBytes: number,
): string | undefined {
  const roots = folders.filter(existsSync).map((folder) => realpathSync(folder));
  const wanted = path.resolve(roots[0] ?? '', file);
  const there = nearestThere(wanted);
  const real = realOf(there);
  if (!roots.some((root) => real === root || real.startsWith(root + path.sep)))
    throw new Error('it lies outside of the workspace and of RUNNER_TEMP');
  if (there !== wanted) return undefined;
  // A pipe would hold the step until somebody writes into it.
  const opened = openSync(real, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = fstatSync(opened);
    if (!stat.isFile()) throw new Error('it is no regular file');
    if (stat.size > mostBytes) throw new Error(`it is larger than ${mostBytes} bytes`);
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(opened));
  } finally {
    closeSync(opened);
  }
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
