/** What was measured on the edits of a pair, as the server says. */

/** What one edit changed outside the region that it plainly touched. Shares are 0..1. */
export interface EvidenceSide {
  /** Share of the rest that changed noticeably; null with a reason. */
  readonly leak: number | null;
  /** Mean colour difference (CIE94) of that share. */
  readonly strength: number | null;
  /** Share of the picture in the touched region, and its connected parts. */
  readonly touched: number | null;
  readonly parts: number | null;
  readonly reason: "pending" | "whole_picture" | "no_region" | "unchanged" | "unreadable" | null;
  /** Where the map is. */
  readonly overlay: string | null;
}

/** Evidence for a pair, in the sides that are shown. */
export interface Evidence {
  readonly left: EvidenceSide;
  readonly right: EvidenceSide;
}
