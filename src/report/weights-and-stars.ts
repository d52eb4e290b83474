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
  readonly starred: readonly string[];
  readonly refused: readonly { readonly modelId: string; readonly reason: string }[];
  readonly nothing: string | undefined;
}
