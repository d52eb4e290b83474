const SLUG = /^[a-z0-9][a-z0-9._-]*$/i;

/** Whether `text` is a slug as Roboflow has them in its addresses, so that it is safe in a path and in a link. */
export function isSlug(text: string): boolean {
  return SLUG.test(text);
}
