import type { Standing } from "../../main/ts/contract/training.js";
import { AttentionWatch } from "../../main/ts/session/attention.js";
import { Refused, Unreachable } from "../../main/ts/session/failures.js";
import { Training } from "../../main/ts/training/training.js";
import { equal, test } from "./check.js";
import { Table } from "./table.js";

const STANDING: Standing = {
  step: "guideline",
  barred: true,
  examples: 0,
  answeredExamples: [],
  questions: 1,
  passMark: 0.5,
  tries: 2,
  triesLeft: 2,
  finishedAttempts: 0,
  underway: null,
  holding: false,
  again: null,
};

const QUESTION = { id: "q", instruction: "", category: null };

/** A newcomer before a server that answers what a test says, by method and end of the path. */
function newcomer(answers: Record<string, unknown>) {
  const { state } = new Table();
  state.stock = undefined;
  const api = {
    call: async <T>(method: string, path: string): Promise<T> => {
      const answer = answers[`${method} ${path.split("/").at(-1)}`];
      if (answer instanceof Error) {
        throw answer;
      }
      return answer as T;
    },
  };
  const database = { drafts: async () => [], dropDraft: () => undefined };
  const training = new Training(api, state, new AttentionWatch(() => true), database);
  return { state, training };
}

test("the way goes from the guideline over the questions to the result and into the queue", async () => {
  const answers: Record<string, unknown> = { "GET qualification": STANDING };
  const { state, training } = newcomer(answers);
  const steps: string[] = [];
  const note = () => steps.push(`${state.phase} ${state.training?.page}`);
  equal(await training.begin(), true);
  note();
  answers["GET qualification"] = { ...STANDING, step: "test" };
  await training.proceed();
  note();
  answers["POST attempts"] = { id: "t", number: 1, answered: 0, total: 1, next: QUESTION, result: null };
  await training.proceed();
  note();
  answers["PUT answer"] = { id: "t", number: 1, answered: 1, total: 1, next: null, result: { passed: true } };
  answers["GET qualification"] = { ...STANDING, step: "qualified" };
  await training.submit();
  note();
  let free = false;
  state.on("trained", () => (free = true));
  await training.proceed();
  equal(steps, ["training guideline", "training introduction", "working question", "training result"]);
  equal([free, state.training, state.phase], [true, undefined, "loading"]);
});

test("who is sent here again from the queue finishes what they hold first", async () => {
  const answers: Record<string, unknown> = { "GET qualification": { ...STANDING, step: "test", holding: true } };
  const { state, training } = newcomer(answers);
  equal([await training.begin(), state.training], [false, undefined]);
  answers["GET qualification"] = { ...STANDING, step: "test", again: "The guideline was misread." };
  equal([await training.begin(), state.training?.page], [true, "introduction"]);
});

test("what did not get through is said, and tried again with the same button", async () => {
  const answers: Record<string, unknown> = { "GET qualification": STANDING, "POST guideline-confirmations": new Unreachable("") };
  const { state, training } = newcomer(answers);
  await training.begin();
  await training.proceed();
  equal([state.training!.page, state.training!.stuck], ["guideline", true]);
  answers["POST guideline-confirmations"] = null;
  answers["GET qualification"] = { ...STANDING, step: "test" };
  await training.proceed();
  equal([state.training!.page, state.training!.stuck], ["introduction", false]);
});

test("where another tab was faster the server says where things stand; any other no ends the session here", async () => {
  const answers: Record<string, unknown> = { "GET qualification": STANDING, "POST guideline-confirmations": new Refused(409, "changed", "") };
  const { state, training } = newcomer(answers);
  await training.begin();
  answers["GET qualification"] = { ...STANDING, step: "test" };
  await training.proceed();
  equal(state.training!.page, "introduction");
  answers["POST attempts"] = new Refused(403, "forbidden", "");
  await training.proceed();
  equal(state.phase, "forbidden");
});
