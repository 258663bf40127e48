/** The published protocol document as the server gives it (its YAML as JSON). */

/** Text by language code; English is always there. */
export type Localized = Readonly<Record<string, string>>;

export type Side = "left" | "right";

export interface Level {
  readonly value: number;
  readonly label: Localized;
  readonly text: Localized;
}

export interface Criterion {
  readonly title: Localized;
  readonly text: Localized;
}

export interface Dimension {
  readonly id: string;
  readonly title: Localized;
  readonly short: Localized;
  readonly question: Localized;
  readonly criteria?: readonly Criterion[];
  /** Rating protocols only, lowest first. */
  readonly levels?: readonly Level[];
}

export interface WorkedExample {
  readonly instruction: Localized;
  readonly edit: Localized;
  readonly ratings?: Readonly<Record<string, number>>;
  readonly verdicts?: Readonly<Record<string, string>>;
  readonly reason: Localized;
}

export interface SkipReason {
  readonly id: string;
  readonly title: Localized;
}

export interface Protocol {
  readonly id: string;
  readonly version: number;
  readonly mode: "rating" | "comparison";
  readonly title: Localized;
  readonly purpose: Localized;
  readonly dimensions: readonly Dimension[];
  readonly skip_reasons: readonly SkipReason[];
  readonly guideline: Localized;
  readonly examples?: readonly WorkedExample[];
}

/** The text in the given language, else in English. */
export function localized(text: Localized, language: string): string {
  return text[language] ?? text.en ?? Object.values(text)[0] ?? "";
}
