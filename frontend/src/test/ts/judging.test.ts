import type { Protocol } from "../../main/ts/answer/protocol.js";
import type { Draft, Parcel } from "../../main/ts/outbox/database.js";
import { StoreFailure } from "../../main/ts/outbox/handle.js";
import { Outbox } from "../../main/ts/outbox/outbox.js";
import { AttentionWatch, NO_ATTENTION } from "../../main/ts/session/attention.js";
import type { Assignment, Claims } from "../../main/ts/contract/assignment.js";
import type { Progress } from "../../main/ts/contract/campaign.js";
import type { Receipt, Submission } from "../../main/ts/contract/label.js";
import { Desk } from "../../main/ts/session/desk.js";
import { Refused, SignedOut, Troubled } from "../../main/ts/session/failures.js";
import { Judging } from "../../main/ts/session/judging.js";
import type { Notice } from "../../main/ts/session/notice.js";
import { State } from "../../main/ts/session/state.js";
import { Stock } from "../../main/ts/session/stock.js";
import { Terms } from "../../main/ts/session/terms.js";
import { equal, test } from "./check.js";

const PROTOCOL: Protocol = {
  id: "p",
  version: 1,
  mode: "comparison",
  title: { en: "" },
  purpose: { en: "" },
  dimensions: [{ id: "overall", title: { en: "" }, short: { en: "" }, question: { en: "" } }],
  skip_reasons: [],
  guideline: { en: "" },
};

const PROGRESS: Progress = { mine: 0, today: 0, open: 0, wanted: 9, filled: 0 };

const assignment = (id: string): Assignment => ({
  ...({ id, token: 1, instruction: "", category: null, protocolSha256: "digest" } as Assignment),
  expiresAt: "2031-05-01T00:20:00Z",
  serverTime: "2031-05-01T00:00:00Z",
});

const draft = (id: string, change: Partial<Draft> = {}): Draft => ({
  ...{ id, account: "a", campaign: "c", assignment: assignment(id), answers: {}, comment: "", flagged: false, attention: NO_ATTENTION },
  ...change,
});

/** A session with pairs on its desk, a server and a store of which a test says what they do. */
class Table {
  readonly store = { failing: false, writing: false };
  /** The store refuses to write; that it does is known after the first time. */
  full = false;
  readonly door: { closed: SignedOut | undefined } = { closed: undefined };
  readonly state = new State("c", this.store, this.door);
  readonly stock = new Stock();
  readonly sent: Submission[] = [];
  readonly stored: Parcel[] = [];
  readonly said: Notice["kind"][] = [];
  submit: (submission: Submission) => Promise<Receipt> = async ({ id }) => ({ id, status: "accepted", progress: PROGRESS });
  claim: () => Promise<Claims> = async () => ({ assignments: [], progress: PROGRESS, empty: "all_labelled" });
  heartbeat: () => Promise<{ expiresAt: string }> = async () => ({ expiresAt: "" });
  readonly desk: Desk;
  readonly judging: Judging;

  constructor(...pairs: string[]) {
    const { state } = this;
    const terms = new Terms({ id: "c", name: "", prefetch: 2, leaseSeconds: 60 }, { sha256: "digest", reference: "", document: PROTOCOL });
    state.account = "a";
    state.versions.latest = terms;
    state.versions.learn(terms);
    state.stock = this.stock;
    this.stock.looked = true;
    this.stock.works.push(...pairs.map((id) => ({ draft: draft(id), deadline: Date.now() + 60_000, cursor: 0 })));
    state.on("notice", ({ kind }) => this.said.push(kind));
    const database = {
      enqueue: async (parcel: Parcel) => {
        if (this.full) {
          this.store.failing = true;
          throw new StoreFailure("full");
        }
        return this.stored.push(parcel);
      },
      updateParcel: async () => undefined,
      deleteParcel: async () => undefined,
      parcels: async () => [],
      keepDraft: () => undefined,
      dropDraft: () => undefined,
    };
    const api = {
      submit: (submission: Submission) => {
        this.sent.push(submission);
        return this.submit(submission);
      },
      well: async () => true,
      claim: () => this.claim(),
      heartbeat: () => this.heartbeat(),
      renew: async (id: string) => assignment(id),
    };
    this.desk = new Desk(api, state);
    this.judging = new Judging(state, new AttentionWatch(() => true), this.desk, new Outbox(database, api, state), database);
  }

  get pairs(): string[] {
    return this.stock.works.map((work) => work.draft.id);
  }
}

/** All that was begun has happened. */
const settled = () => new Promise((done) => setTimeout(done, 10));

test("the next pair comes at once, and what is submitted is said when it is stored", async () => {
  const table = new Table("one", "two");
  table.judging.answer(0, "tie");
  equal(table.judging.submit(), true);
  equal([table.pairs, table.said], [["two"], []]);
  await settled();
  equal([table.said, table.stored.map((parcel) => parcel.submission.answers)], [["submitted"], [{ overall: "tie" }]]);
});

test("nothing is submitted while an answer is missing", async () => {
  const table = new Table("one");
  equal(table.judging.submit(), false);
  await settled();
  equal([table.pairs, table.said, table.stored.length], [["one"], ["missing"], 0]);
});

test("where there is no way to the server an answer is said to be stored, not submitted", async () => {
  const table = new Table("one");
  table.door.closed = new SignedOut();
  table.judging.answer(0, "tie");
  table.judging.submit();
  await settled();
  equal([table.said, table.stored.length], [["stored"], 1]);
});

test("a pair whose answer could be neither stored nor sent comes back with it", async () => {
  const table = new Table("one", "two");
  table.submit = async () => Promise.reject(new Troubled(503));
  table.full = true;
  table.judging.answer(0, "left");
  table.judging.submit();
  equal(table.pairs, ["two"]);
  await settled();
  equal([table.pairs, table.stock.current!.draft.answers], [["one", "two"], { overall: "left" }]);
  equal([table.state.unsafe, table.said, table.state.tally.judged, table.state.settled("one")], [true, ["unsafe"], 0, false]);
});

test("with a store that fails the next pair waits for the server's word", async () => {
  const table = new Table("one", "two");
  table.store.failing = table.full = true;
  let acknowledge: () => void = () => undefined;
  table.submit = ({ id }) => new Promise((resolve) => (acknowledge = () => resolve({ id, status: "accepted", progress: PROGRESS })));
  table.judging.answer(0, "left");
  table.judging.submit();
  await settled();
  equal([table.pairs, table.state.sending, table.said], [["one", "two"], true, []]);
  acknowledge();
  await settled();
  equal([table.pairs, table.state.sending, table.said], [["two"], false, ["submitted"]]);
});

test("an answer whose fate is not known is sent again as it was, or as a correction of itself", async () => {
  const table = new Table("one");
  table.store.failing = table.full = true;
  const { submit } = table;
  table.submit = async () => Promise.reject(new Troubled(503));
  table.judging.answer(0, "left");
  table.judging.submit();
  await settled();
  table.judging.submit();
  await settled();
  equal(table.sent[1]!.id, table.sent[0]!.id);
  table.submit = submit;
  table.judging.answer(0, "right");
  table.judging.submit();
  await settled();
  const [again, correction] = table.sent.slice(2);
  equal([again!.id, correction!.supersedes, correction!.answers], [table.sent[0]!.id, table.sent[0]!.id, { overall: "right" }]);
});

test("a server's no is final: the answer is set aside with its words, and the next pair comes", async () => {
  const table = new Table("one", "two");
  table.store.failing = table.full = true;
  table.submit = async () => Promise.reject(new Refused(422, "invalid_answer", "Too long."));
  table.judging.answer(0, "left");
  table.judging.submit();
  await settled();
  equal(table.pairs, ["two"]);
  equal(table.state.outgoing.refused.map(({ refused, words }) => [refused, words]), [["invalid_answer", "Too long."]]);
});

test("undo puts the last pair back, and its next answer replaces the label", async () => {
  const table = new Table("one", "two");
  table.judging.answer(0, "left");
  table.judging.submit();
  await settled();
  table.judging.undo();
  equal([table.pairs, table.state.tally.judged, table.state.undoable], [["one", "two"], 0, undefined]);
  table.judging.answer(0, "right");
  table.judging.submit();
  await settled();
  equal(table.stored[1]!.submission.supersedes, table.stored[0]!.submission.id);
});

test("a correction that is given up leaves the label as it was", async () => {
  const table = new Table("one", "two");
  table.judging.answer(0, "left");
  table.judging.submit();
  await settled();
  table.judging.undo();
  table.judging.abandon();
  equal([table.pairs, table.stored.length], [["two"], 1]);
});

test("a pair that was answered does not come back with a late claim", async () => {
  const table = new Table("one");
  table.judging.answer(0, "left");
  table.judging.submit();
  table.claim = async () => ({ assignments: [assignment("one"), assignment("three")], progress: PROGRESS, empty: null });
  await table.desk.fill();
  equal(table.pairs, ["three"]);
});

test("a claim that comes after the work went to another tab is dropped", async () => {
  const table = new Table();
  let answer: () => void = () => undefined;
  table.claim = () => new Promise((resolve) => (answer = () => resolve({ assignments: [assignment("one")], progress: PROGRESS, empty: null })));
  const filling = table.desk.fill();
  table.state.stock = undefined;
  table.state.elsewhere = true;
  answer();
  await filling;
  equal([table.pairs, table.state.phase], [[], "elsewhere"]);
});

test("a lost lease takes a pair without answers away, and says so of one with answers", async () => {
  const table = new Table("one", "two");
  table.heartbeat = async () => Promise.reject(new Refused(409, "lease_lost", ""));
  table.stock.current!.deadline = 0;
  table.desk.check();
  await settled();
  equal(table.pairs, ["two"]);
  const other = new Table("one");
  other.heartbeat = table.heartbeat;
  other.judging.answer(0, "left");
  other.stock.current!.deadline = 0;
  other.desk.check();
  await settled();
  equal([other.pairs, other.stock.current!.lost, other.judging.submit()], [["one"], "expired", false]);
});

test("after an outage there is nothing waiting only when the server says so", async () => {
  const table = new Table();
  table.claim = async () => Promise.reject(new Troubled(503));
  table.state.on("failed", (error) => table.state.failed(error));
  await table.desk.fill();
  equal(table.state.phase, "unreachable");
  // another call gets through
  table.state.progressed(PROGRESS);
  equal(table.state.phase, "loading");
  table.claim = async () => ({ assignments: [], progress: PROGRESS, empty: "all_labelled" });
  await table.desk.fill();
  equal([table.state.phase, table.stock.empty], ["empty", "all_labelled"]);
});

test("one's own count never goes back", () => {
  const { state } = new Table();
  state.progressed({ ...PROGRESS, mine: 5 });
  state.progressed({ ...PROGRESS, mine: 4 });
  equal(state.progress!.mine, 5);
});
