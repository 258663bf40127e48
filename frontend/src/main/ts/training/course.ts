import type { ExamplePictures } from "../contract/campaign.js";
import type { Work } from "../session/work.js";
import type { Exercise } from "./exercise.js";
import type { Attempt, Standing } from "../contract/training.js";

export type TrainingPage = "guideline" | "example" | "introduction" | "question" | "result" | "failed";

/** How far a new annotator is on the way into the queue, and what of it is on the screen. */
export class Course {
  page: TrainingPage = "guideline";
  exercise: Exercise | undefined;
  /** What the example on the screen shows, where it has pictures. */
  pictures: ExamplePictures | undefined;
  attempt: Attempt | undefined;
  /** The question of the qualification set that is answered now. */
  work: Work | undefined;
  /** The last call did not get through. */
  stuck = false;

  constructor(
    /** As the server says. */
    public standing: Standing,
  ) {}

  /** Changes with every page and question. */
  get place(): string {
    return `${this.page} ${this.exercise?.place ?? ""} ${this.attempt?.number ?? ""}`;
  }

  /** The examples' answers need not be kept back any more. */
  get examplesDone(): boolean {
    return this.standing.step !== "guideline" && this.standing.step !== "examples";
  }
}
