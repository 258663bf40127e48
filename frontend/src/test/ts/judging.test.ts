import { Refused, SignedOut, Troubled } from "../../main/ts/session/failures.js";
import { equal, test } from "./check.js";
import { assignment, PROGRESS, settled, Table } from "./table.js";

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
