import type { SubmittedAnswers } from "../answer/answers.js";
import type { Api } from "../session/api.js";
import type { Attempt, Standing } from "../contract/training.js";

/** The part of the server's interface that leads a new annotator into the queue. */
export class TrainingApi {
  private readonly at: string;

  constructor(
    private readonly api: Pick<Api, "call">,
    campaign: string,
  ) {
    this.at = `/annotate/campaigns/${encodeURIComponent(campaign)}`;
  }

  standing(): Promise<Standing> {
    return this.api.call("GET", `${this.at}/qualification`);
  }

  confirm(protocolSha256: string): Promise<unknown> {
    return this.api.call("POST", `${this.at}/guideline-confirmations`, { protocolSha256 });
  }

  answerExample(example: number, answers: Readonly<Record<string, number | string>>): Promise<Standing> {
    return this.api.call("PUT", `${this.at}/examples/${example}`, { answers });
  }

  /** Starts an attempt, or goes on with the one under way. */
  start(): Promise<Attempt> {
    return this.api.call("POST", `${this.at}/qualification/attempts`, {});
  }

  answer(question: string, answers: SubmittedAnswers, activeMilliseconds: number): Promise<Attempt> {
    return this.api.call("PUT", `/annotate/qualification/questions/${encodeURIComponent(question)}/answer`, {
      answers,
      activeMilliseconds,
    });
  }
}
