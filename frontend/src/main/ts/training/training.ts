import { nextOpen, toSubmitted } from "../answer/answers.js";
import type { Protocol } from "../answer/protocol.js";
import type { Database } from "../outbox/database.js";
import type { Api } from "../session/api.js";
import type { AttentionWatch } from "../session/attention.js";
import { Refused, Undelivered } from "../session/failures.js";
import type { State } from "../session/state.js";
import { newDraft, type Work } from "../session/work.js";
import { Course } from "./course.js";
import { Exercise } from "./exercise.js";
import { TrainingApi } from "./training-api.js";
import type { Attempt, Question, Standing } from "../contract/training.js";

/**
 * A new annotator's way into the queue: guideline, worked examples, qualification set. The server knows how far they are;
 * after a reload it goes on there.
 */
export class Training {
  private busy = false;
  private readonly api: TrainingApi;

  constructor(
    api: Pick<Api, "call">,
    private readonly state: State,
    private readonly attention: AttentionWatch,
    private readonly database: Pick<Database, "drafts" | "dropDraft">,
  ) {
    this.api = new TrainingApi(api, state.campaign);
  }

  /**
   * Whether there is anything to go through; if so, its page is shown. Who was sent here again from the queue finishes what
   * they hold first: a claim without a pair leads back here.
   */
  async begin(): Promise<boolean> {
    const standing = await this.api.standing();
    if (standing.step === "qualified" || standing.holding) {
      return false;
    }
    this.goTo(standing);
    return true;
  }

  /** The n-th answer (from 1) to the example's question that keys answer. */
  byKey(n: number): void {
    const exercise = this.course?.exercise;
    const value = exercise?.questions[exercise.cursor]?.values[n - 1];
    if (exercise && value !== undefined) {
      this.choose(exercise.cursor, value);
    }
  }

  choose(index: number, value: number | string): void {
    this.course?.exercise?.choose(index, value);
    this.state.changed();
  }

  /** What the page's main button does. */
  async proceed(): Promise<void> {
    const course = this.course!;
    switch (course.page) {
      case "guideline":
        return this.call(async () => {
          await this.api.confirm(this.state.terms!.digest);
          this.goTo(await this.api.standing());
        });
      case "example":
        return this.example(course, course.exercise!);
      case "introduction":
        return this.call(async () => this.take(course, await this.api.start()));
      case "question":
        return;
      case "result":
        if (course.standing.step === "test") {
          return this.call(async () => this.take(course, await this.api.start()));
        }
        return this.call(async () => this.goTo(await this.api.standing()));
      case "failed":
        return this.call(async () => this.goTo(await this.api.standing()));
    }
  }

  private async example(course: Course, exercise: Exercise): Promise<void> {
    if (!exercise.checked) {
      if (exercise.complete) {
        await this.call(async () => {
          course.standing = await this.api.answerExample(exercise.place, exercise.answers);
          exercise.checked = true;
        });
      }
      return;
    }
    this.goTo(course.standing);
  }

  /** Sends the answer to the question and shows the next one. */
  async submit(): Promise<void> {
    const work = this.course?.work;
    if (!work) {
      return;
    }
    const { activeMilliseconds } = this.attention.read();
    const answers = toSubmitted(this.protocol, work.draft.answers);
    await this.call(async () => {
      const attempt = await this.api.answer(work.draft.id, answers, activeMilliseconds);
      this.database.dropDraft(work.draft.id);
      await this.take(this.course!, attempt);
    });
  }

  private get protocol(): Protocol {
    return this.state.terms!.protocol;
  }

  private get course(): Course | undefined {
    return this.state.training;
  }

  private goTo(standing: Standing): void {
    if (standing.step === "qualified") {
      this.state.training = undefined;
      this.state.tell("trained", undefined);
      return;
    }
    const course = (this.state.training ??= new Course(standing));
    const page = ({ guideline: "guideline", examples: "example", test: "introduction", failed: "failed" } as const)[standing.step];
    Object.assign(course, { standing, page, exercise: undefined, pictures: undefined, work: undefined });
    if (standing.step === "examples") {
      const examples = this.protocol.examples ?? [];
      const place = examples.findIndex((_, index) => !standing.answeredExamples.includes(index));
      course.exercise = new Exercise(this.protocol, examples[place]!, place);
      course.pictures = this.state.terms?.picturesOf(place);
    }
    this.state.changed();
  }

  private async take(course: Course, attempt: Attempt): Promise<void> {
    course.attempt = attempt;
    if (attempt.next) {
      course.work = await this.workOf(attempt.next);
      course.page = "question";
      this.attention.begin(course.work.draft.attention);
    } else {
      course.work = undefined;
      course.page = "result";
      course.standing = await this.api.standing();
    }
    this.state.changed();
  }

  /** A question looks like any pair; answers begun before a reload are still there. */
  private async workOf(question: Question): Promise<Work> {
    const { account, campaign, terms } = this.state;
    const now = new Date().toISOString();
    const assignment = { ...question, token: 0, expiresAt: now, serverTime: now, protocolSha256: terms!.digest };
    const drafts = await this.database.drafts(account, campaign).catch(() => []);
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
      this.mark(false);
    } catch (error) {
      if (error instanceof Refused) {
        await this.refused(error);
      } else if (error instanceof Undelivered) {
        this.mark(true);
      } else {
        throw error;
      }
    } finally {
      this.busy = false;
      this.state.changed();
    }
  }

  private mark(stuck: boolean): void {
    if (this.course) {
      this.course.stuck = stuck;
    }
  }

  /** Another tab may have gone on, or the protocol has changed: the server says where things stand. */
  private async refused(error: Refused): Promise<void> {
    if (error.status !== 409 && error.status !== 404) {
      this.state.refusal = error;
      return;
    }
    try {
      this.goTo(await this.api.standing());
    } catch {
      this.mark(true);
    }
  }
}
