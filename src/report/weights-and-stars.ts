/** The weights of the headline model: where they were stored, or why they were not although the gate passed. */
export type WeightsResult =
  | {
      readonly kind: 'stored';
      readonly modelId: string;
      readonly file: string;
      readonly bytes: number;
      readonly sha256: string;
    }
  | {
      readonly kind: 'failed';
      readonly modelId: string;
      readonly reason: string;
      readonly next: string;
    };

/** What became of the picks that the workflow wants to be starred. */
export interface StarsResult {
  /** Ids of models; also those that were starred before. */
  readonly starred: readonly string[];
  readonly refused: readonly { readonly modelId: string; readonly reason: string }[];
  /** Why there is nothing to star; undefined if there is something. */
  readonly nothing: string | undefined;
}
