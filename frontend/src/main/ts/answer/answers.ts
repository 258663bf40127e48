import type { Dimension, Protocol, Side } from "./protocol.js";

/** Answers of a comparison, in the order of the keys and of the screen. */
export const COMPARISONS = ["left_much", "left", "tie", "both_bad", "right", "right_much"] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** One thing to answer: a dimension, in a rating protocol for one of the two edits. */
export interface Cell {
  readonly key: string;
  readonly dimension: Dimension;
  readonly side?: Side;
}

/** Answers by cell key: a level's value or a comparison. */
export type Answers = Readonly<Record<string, number | string>>;

/** What the server stores under `answers`. */
export type SubmittedAnswers = Record<string, string | { left: number; right: number }>;

export function cellKey(dimension: Dimension, side?: Side): string {
  return side ? `${dimension.id}:${side}` : dimension.id;
}

/** Everything the protocol asks about a pair, in the order it is asked. */
export function cellsOf(protocol: Protocol): Cell[] {
  const sides: (Side | undefined)[] = protocol.mode === "rating" ? ["left", "right"] : [undefined];
  return protocol.dimensions.flatMap((dimension) =>
    sides.map((side) => ({ key: cellKey(dimension, side), dimension, ...(side ? { side } : {}) })),
  );
}

/** The values that keys 1, 2, … give to a cell. */
export function valuesOf(protocol: Protocol, cell: Cell): readonly (number | string)[] {
  return protocol.mode === "rating" ? (cell.dimension.levels ?? []).map((level) => level.value) : COMPARISONS;
}

export function missing(cells: readonly Cell[], answers: Answers): Cell[] {
  return cells.filter((cell) => answers[cell.key] === undefined);
}

/** The next cell without an answer after the given one, from the start again; undefined when all are answered. */
export function nextOpen(cells: readonly Cell[], answers: Answers, after: number): number | undefined {
  for (let step = 1; step <= cells.length; step++) {
    const index = (after + step) % cells.length;
    if (answers[cells[index]!.key] === undefined) {
      return index;
    }
  }
  return undefined;
}

export function toSubmitted(protocol: Protocol, answers: Answers): SubmittedAnswers {
  return Object.fromEntries(
    protocol.dimensions.map((dimension) => [
      dimension.id,
      protocol.mode === "rating"
        ? { left: Number(answers[cellKey(dimension, "left")]), right: Number(answers[cellKey(dimension, "right")]) }
        : String(answers[dimension.id]),
    ]),
  );
}

export function fromSubmitted(submitted: SubmittedAnswers): Answers {
  return Object.fromEntries(
    Object.entries(submitted).flatMap(([dimension, answer]): [string, number | string][] =>
      typeof answer === "string"
        ? [[dimension, answer]]
        : [
            [`${dimension}:left`, answer.left],
            [`${dimension}:right`, answer.right],
          ],
    ),
  );
}

/** The sums of both sides' ratings, with the largest sum there can be; undefined while a rating is missing. */
export function totals(protocol: Protocol, answers: Answers): { left: number; right: number; of: number } | undefined {
  if (protocol.mode !== "rating" || missing(cellsOf(protocol), answers).length > 0) {
    return undefined;
  }
  const sum = (side: Side) =>
    protocol.dimensions.reduce((total, dimension) => total + Number(answers[cellKey(dimension, side)]), 0);
  const of = protocol.dimensions.reduce(
    (total, dimension) => total + Math.max(...(dimension.levels ?? []).map((level) => level.value)),
    0,
  );
  return { left: sum("left"), right: sum("right"), of };
}
