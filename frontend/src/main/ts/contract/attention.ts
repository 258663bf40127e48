/** How a pair was looked at; stored with the label. Times in milliseconds. */
export interface Attention {
  /** Active time in each view mode. */
  readonly modes: Readonly<Record<string, number>>;
  /** The largest zoom, 1 is "fit". */
  readonly largestZoom: number;
  /** Times the source was shown in place of an edit. */
  readonly flips: number;
  readonly magnifier: boolean;
  readonly guideline: boolean;
  /** Use of the edit-leak evidence; absent when it was never shown. */
  readonly evidence?: { readonly shown: number; readonly milliseconds: number };
}
