/** How long the API may give no good answer once there is a run to lose, or may be. */
export const PATIENCE_MS = 15 * 60_000;
