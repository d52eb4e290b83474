/**
 * What the documentation has and the code does not read yet. A test fails as soon as the code reads one of them: then
 * take it out here, and when the lists are empty, delete this file.
 */
export const notYetRead: { readonly inputs: readonly string[]; readonly values: readonly string[] } = {
  inputs: ['dry-run', 'on-missing-baseline'],
  values: ['reuse: only'],
};
