import { COMPARISONS } from "../answer/answers.js";
import type { Dimension, Protocol, WorkedExample } from "../answer/protocol.js";

/** One thing that an example asks, with the answer that the guideline gives. */
export interface ExampleQuestion {
  readonly dimension: Dimension;
  readonly values: readonly (number | string)[];
  readonly known: number | string;
}

/** A worked example as an exercise: the annotator answers first, then sees the known answer and the reason. */
export class Exercise {
  readonly questions: readonly ExampleQuestion[];
  /** Answers by dimension. Comparisons are in the words of the screen (left, right). */
  readonly chosen: Record<string, number | string> = {};
  /** The question that keys answer. */
  cursor = 0;
  checked = false;

  constructor(
    protocol: Protocol,
    readonly example: WorkedExample,
    /** Place in the document, from 0. */
    readonly place: number,
  ) {
    this.questions = protocol.dimensions.flatMap((dimension): ExampleQuestion[] => {
      const rating = example.ratings?.[dimension.id];
      const verdict = example.verdicts?.[dimension.id];
      if (rating !== undefined) {
        return [{ dimension, values: (dimension.levels ?? []).map((level) => level.value), known: rating }];
      }
      return verdict === undefined ? [] : [{ dimension, values: COMPARISONS, known: onScreen(verdict) }];
    });
  }

  get complete(): boolean {
    return this.missing === undefined;
  }

  /** The first dimension without an answer. */
  get missing(): Dimension | undefined {
    return this.questions.find(({ dimension }) => this.chosen[dimension.id] === undefined)?.dimension;
  }

  /** Answers a question; the next one without an answer is then answered by keys. */
  choose(index: number, value: number | string): void {
    const question = this.questions[index];
    if (this.checked || !question) {
      return;
    }
    this.chosen[question.dimension.id] = value;
    const open = this.questions.findIndex(({ dimension }) => this.chosen[dimension.id] === undefined);
    this.cursor = open < 0 ? index : open;
  }

  /** The answers as the document would write them. */
  get answers(): Readonly<Record<string, number | string>> {
    return Object.fromEntries(
      Object.entries(this.chosen).map(([dimension, value]) => [dimension, typeof value === "string" ? inDocument(value) : value]),
    );
  }
}

/** Protocols speak of the first and the second edit, the screen of A and B. */
function onScreen(verdict: string): string {
  return verdict.replace("first", "left").replace("second", "right");
}

function inDocument(verdict: string): string {
  return verdict.replace("left", "first").replace("right", "second");
}
