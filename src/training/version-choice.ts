import type { JsonObject } from '../lib/json.ts';

/** Which version to train: one that exists, the highest, or a new one made of the project's images as they are now. */
export type VersionChoice =
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'latest' }
  /** What is undefined is taken over from the highest version. */
  | {
      readonly kind: 'new';
      readonly preprocessing: JsonObject | undefined;
      readonly augmentation: JsonObject | undefined;
    };
