/** The words the viewer shows; a page in another language sets its own. */
export interface ViewerWords {
  readonly source: string;
  readonly a: string;
  readonly b: string;
  readonly help: string;
  readonly swipe: string;
  readonly changed: (percent: string) => string;
  readonly comparing: string;
  readonly size: (width: number, height: number, percent: number) => string;
}

export const ENGLISH: ViewerWords = {
  source: "Source",
  a: "Edit A",
  b: "Edit B",
  help: "Arrow keys pan, plus and minus zoom, double click fits.",
  swipe: "Swipe position",
  changed: (percent) => `Changed ${percent}%`,
  comparing: "Comparing",
  size: (width, height, percent) => `${width} × ${height}, shown at ${percent}% of the source's scale`,
};
