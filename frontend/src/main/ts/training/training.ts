import { nextOpen, toSubmitted } from "../answer/answers.js";
import type { Protocol } from "../answer/protocol.js";
import type { Database } from "../outbox/database.js";
import type { Api } from "../session/api.js";
import type { AttentionWatch } from "../session/attention.js";
import { Refused, Undelivered } from "../session/failures.js";
import type { ExamplePictures } from "../session/contract.js";
import type { Terms } from "../session/terms.js";
import { newDraft, type Work } from "../session/work.js";
import { Exercise } from "./exercise.js";
import { TrainingApi } from "./training-api.js";
import type { Attempt, Question, Standing } from "./training-contract.js";

/** What the training needs from the session around it. */
export interface TrainingOwner {
  readonly account: string;
  readonly campaign: string;
  readonly terms: Terms | undefined;
  readonly attention: AttentionWatch;
  readonly database: Database;
  /** Shows a page of the training, or the pair of a question. */
  show(what: "training" | "working"): void;
  changed(): void;
  /** The way into the queue is free. */
  trained(): void;
  /** The server said no, for a reason that ends the session here. */
  refused(error: Refused): void;
}

export type TrainingPage = "guideline" | "example" | "introduction" | "question" | "result" | "failed";

/**
 * A new annotator's way into the queue: guideline, worked examples, qualification set. The server knows how far they are;
 * after a reload it goes on there.
 */
export class Training {
  page: TrainingPage = "guideline";
  standing!: Standing;
  exercise: Exercise | undefined;
  attempt: Attempt | undefined;
  /** The question of the qualification set that is answered now. */
  work: Work | undefined;
  /** The last call did not get through. */
  stuck = false;
  private busy = false;
  private readonly api: TrainingApi;

  constructor(
    api: Api,
    private readonly owner: TrainingOwner,
  ) {
    this.api = new TrainingApi(api, owner.campaign);
  }

  /** Whether there is anything to go through; if so, its page is shown. */
  async begin(): Promise<boolean> {
    const standing = await this.api.standing();
    if (standing.step === "qualified") {
      return false;
    }
    this.goTo(standing);
    return true;
  }

  /** Changes with every page and question. */
  get place(): string {
    return `${this.page} ${this.exercise?.place ?? ""} ${this.attempt?.number ?? ""}`;
  }

  /** The n-th answer (from 1) to the example's question that keys answer. */
  byKey(n: number): void {
    const { exercise } = this;
    const value = exercise?.questions[exercise.cursor]?.values[n - 1];
    if (this.page === "example" && exercise && value !== undefined) {
      this.choose(exercise.cursor, value);
    }
  }

  choose(index: number, value: number | string): void {
    this.exercise?.choose(index, value);
    this.owner.changed();
  }

  /** What the page's main button does. */
  async proceed(): Promise<void> {
    switch (this.page) {
      case "guideline":
        return this.call(async () => {
          await this.api.confirm(this.owner.terms!.digest);
          this.goTo(await this.api.standing());
        });
      case "example":
        return this.example();
      case "introduction":
        return this.call(async () => this.take(await this.api.start()));
      case "question":
        return;
      case "result":
        if (this.standing.step === "test") {
          return this.call(async () => this.take(await this.api.start()));
        }
        return this.call(async () => this.goTo(await this.api.standing()));
      case "failed":
        return this.call(async () => this.goTo(await this.api.standing()));
    }
  }

  private async example(): Promise<void> {
    const exercise = this.exercise!;
    if (!exercise.checked) {
      if (exercise.complete) {
        await this.call(async () => {
          this.standing = await this.api.answerExample(exercise.place, exercise.answers);
          exercise.checked = true;
        });
      }
      return;
    }
    this.goTo(this.standing);
  }

  /** Sends the answer to the question and shows the next one. */
  async submit(): Promise<void> {
    const { work } = this;
    if (!work) {
      return;
    }
    const { activeMilliseconds } = this.owner.attention.read();
    const answers = toSubmitted(this.protocol, work.draft.answers);
    await this.call(async () => {
      const attempt = await this.api.answer(work.draft.id, answers, activeMilliseconds);
      this.owner.database.dropDraft(work.draft.id);
      await this.take(attempt);
    });
  }

  /** What the example on the screen shows, where it has pictures. */
  get pictures(): ExamplePictures | undefined {
    return this.page === "example" && this.exercise ? this.owner.terms?.picturesOf(this.exercise.place) : undefined;
  }

  /** The examples' answers need not be kept back any more. */
  get examplesDone(): boolean {
    return this.standing.step !== "guideline" && this.standing.step !== "examples";
  }

  private get protocol(): Protocol {
    return this.owner.terms!.protocol;
  }

  private goTo(standing: Standing): void {
    this.standing = standing;
    this.exercise = undefined;
    this.work = undefined;
    if (standing.step === "qualified") {
      this.owner.trained();
      return;
    }
    if (standing.step === "examples") {
      const examples = this.protocol.examples ?? [];
      const place = examples.findIndex((_, index) => !standing.answeredExamples.includes(index));
      this.exercise = new Exercise(this.protocol, examples[place]!, place);
    }
    this.page = ({ guideline: "guideline", examples: "example", test: "introduction", failed: "failed" } as const)[standing.step];
    this.owner.show("training");
  }

  private async take(attempt: Attempt): Promise<void> {
    this.attempt = attempt;
    if (!attempt.next) {
      this.work = undefined;
      this.page = "result";
      this.standing = await this.api.standing();
      this.owner.show("training");
      return;
    }
    this.work = await this.workOf(attempt.next);
    this.page = "question";
    this.owner.attention.begin(this.work.draft.attention);
    this.owner.show("working");
  }

  /** A question looks like any pair; answers begun before a reload are still there. */
  private async workOf(question: Question): Promise<Work> {
    const { account, campaign, database, terms } = this.owner;
    const now = new Date().toISOString();
    const assignment = { ...question, token: 0, expiresAt: now, serverTime: now, protocolSha256: terms!.digest };
    const drafts = await database.drafts(account, campaign).catch(() => []);
    const begun = drafts.find((draft) => draft.id === question.id);
    const draft = { ...(begun ?? newDraft(assignment, account, campaign)), assignment };
    const { cells } = terms!;
    return { draft, deadline: Number.POSITIVE_INFINITY, cursor: nextOpen(cells, draft.answers, -1) ?? cells.length - 1 };
  }

  /** One call at a time; what did not get through can be tried again with the same button. */
  private async call(work: () => Promise<void>): Promise<void> {
    if (this.busy) {
      return;
    }
    this.busy = true;
    try {
      await work();
      this.stuck = false;
    } catch (error) {
      if (error instanceof Refused) {
        await this.refused(error);
      } else if (error instanceof Undelivered) {
        this.stuck = true;
      } else {
        throw error;
      }
    } finally {
      this.busy = false;
      this.owner.changed();
    }
  }

  /** Another tab may have gone on, or the protocol has changed: the server says where things stand. */
  private async refused(error: Refused): Promise<void> {
    if (error.status !== 409 && error.status !== 404) {
      this.owner.refused(error);
      return;
    }
    try {
      this.goTo(await this.api.standing());
    } catch {
      this.stuck = true;
    }
  }
}
