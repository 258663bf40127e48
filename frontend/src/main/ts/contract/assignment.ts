/** Pairs that are leased, as the server says; see the REST description of /api/v1/annotate. */
import type { Image, Progress } from "./campaign.js";

export interface Assignment {
  readonly id: string;
  readonly token: number;
  readonly expiresAt: string;
  readonly serverTime: string;
  readonly instruction: string;
  readonly category: string | null;
  readonly source: Image;
  readonly left: Image;
  readonly right: Image;
  readonly protocolSha256: string;
}

export type EmptyReason = "all_labelled" | "held_by_others" | "skipped_by_you" | "you_are_paused" | "paused" | "closed";

export interface Claims {
  readonly assignments: readonly Assignment[];
  readonly progress: Progress;
  readonly empty: EmptyReason | null;
}
