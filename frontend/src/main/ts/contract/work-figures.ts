/** How the annotator works, as the server says. */

/** How the annotator works. */
export interface WorkFigures {
  readonly pace: {
    readonly today: PaceSpan;
    readonly week: PaceSpan;
    readonly days: readonly { readonly date: string; readonly span: PaceSpan }[];
  };
  readonly agreement: {
    readonly pairs: number;
    readonly needed: number;
    readonly dimensions: readonly AgreementRow[];
  };
}

export interface PaceSpan {
  readonly labels: number;
  readonly activeMilliseconds: number;
  readonly labelsPerActiveHour: number | null;
  readonly medianActiveMilliseconds: number | null;
}

export interface AgreementRow {
  readonly dimension: string;
  readonly agreed: number;
  readonly cases: number;
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly chanceCorrected: number | null;
}
