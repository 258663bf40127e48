import { Refused, Unreachable } from "../../main/ts/session/failures.js";
import { equal, test } from "./check.js";
import { draft, settled, Table } from "./table.js";

/** A pair with an answer whose lease was lost, and one that waits. */
function lost(why: "expired" | "complete"): Table {
  const table = new Table("one", "two");
  table.judging.answer(0, "left");
  table.stock.current!.lost = why;
  return table;
}

test("a lost pair that is left keeps its answers, and can be gone on with", async () => {
  const table = lost("expired");
  table.setAside.passOn();
  equal([table.pairs, table.setAside.drafts.map(({ answers }) => answers)], [["two"], [{ overall: "left" }]]);
  await table.setAside.reopen(table.setAside.drafts[0]!);
  equal([table.pairs, table.setAside.size, table.stock.current!.draft.answers], [["one", "two"], 0, { overall: "left" }]);
});

test("a pair that has all its judgements cannot be gone on with, only dismissed on a person's word", () => {
  const table = lost("complete");
  table.setAside.passOn();
  const [kept] = table.setAside.drafts;
  equal([table.setAside.isClosed(kept!), table.setAside.size, table.dropped], [true, 1, []]);
  table.setAside.dismiss(kept!);
  equal([table.setAside.size, table.dropped], [0, ["one"]]);
});

test("what could not be asked is not taken for a refusal", async () => {
  const table = lost("expired");
  table.setAside.passOn();
  const [kept] = table.setAside.drafts;
  table.renew = async () => Promise.reject(new Unreachable(""));
  await table.setAside.reopen(kept!);
  equal([table.setAside.isClosed(kept!), table.setAside.size], [false, 1]);
  table.renew = async () => Promise.reject(new Refused(409, "complete", ""));
  await table.setAside.reopen(kept!);
  equal([table.setAside.isClosed(kept!), table.setAside.size], [true, 1]);
});

test("a judgement that was not counted is offered again under a new lease, or stays", async () => {
  const table = new Table();
  const submission = { id: "s", assignment: "one", token: 0, activeMilliseconds: 0 };
  table.state.outgoing.add([{ account: "a", campaign: "c", draft: draft("one"), submission, refused: "lease_lost" }]);
  table.renew = async () => Promise.reject(new Refused(409, "complete", ""));
  await table.setAside.offerAgain();
  equal([table.said, table.setAside.refused.length], [["renewal-failed"], 1]);
  table.renew = async () => ({ ...draft("one").assignment, token: 7 });
  await table.setAside.offerAgain();
  await settled();
  equal([table.setAside.refused.length, table.state.outgoing.waiting, table.state.outgoing.next!.submission.token], [0, 1, 7]);
});
