import type { Failure } from './failure.ts';

/** What failed, with the request's verb and path; never its query, which can hold the key. */
export function failureMessage(
  { verb, path }: { readonly verb: string; readonly path: readonly string[] },
  failure: Failure,
): string {
  return `Roboflow ${describe(failure)}: ${verb} /${path.join('/')}`;
}

function describe(failure: Failure): string {
  switch (failure.kind) {
    case 'unreachable':
      return `could not be reached (${failure.reason})`;
    case 'lost':
      return `gave no whole answer (${failure.reason})`;
    case 'unreadable':
      return `answered ${failure.status}, ${failure.reason}`;
    case 'refused': {
      const said = [failure.code, failure.message].filter((part) => part !== undefined).join(': ');
      return `answered ${failure.status}${said === '' ? '' : ` "${said}"`}`;
    }
  }
}
