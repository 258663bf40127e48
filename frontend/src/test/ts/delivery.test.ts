import type { Draft, Parcel } from "../../main/ts/outbox/parcel.js";
import type { Outgoing } from "../../main/ts/outbox/outgoing.js";
import { Outbox } from "../../main/ts/outbox/outbox.js";
import { type Answer, doubtful, resultOf } from "../../main/ts/session/answer.js";
import type { Receipt, Submission } from "../../main/ts/contract/label.js";
import { Refused, SignedOut, Troubled } from "../../main/ts/session/failures.js";
import { State } from "../../main/ts/session/state.js";
import { changesOf, preferencesOf } from "../../main/ts/session/preferences.js";
import { equal, test } from "./check.js";

const answer = (status: number, text = "", plain = true): Answer => ({ status, text, plain, copied: false });

/** What an answer comes to. */
function outcome(given: Answer): string {
  try {
    return JSON.stringify(resultOf(given));
  } catch (error) {
    if (error instanceof Refused) {
      return `refused ${error.status} ${error.code}`;
    }
    return error instanceof Troubled ? `troubled ${error.status}` : error instanceof SignedOut ? "signed out" : "?";
  }
}

test("an answer is what it is, not what was asked for", () => {
  equal(outcome(answer(200, '{"id":"x"}')), '{"id":"x"}');
  equal(outcome(answer(204)), "null");
  equal(outcome(answer(200, "<h1>Welcome</h1>", false)), "troubled 0");
  equal(outcome(answer(200, '{"id":')), "troubled 0");
  equal(outcome(answer(0, "")), "troubled 0");
  equal(outcome(answer(409, '{"code":"lease_lost"}')), "refused 409 lease_lost");
  equal(outcome(answer(404, "<h1>Not found</h1>", false)), "troubled 404");
  equal(outcome(answer(413, "<h1>Too large</h1>", false)), "troubled 413");
  equal(outcome(answer(422, "null")), "refused 422 ");
  equal(outcome(answer(403, '{"code":"not_a_member"}')), "refused 403 not_a_member");
  equal(outcome(answer(403, '{"code":"own_password_first"}')), "signed out");
  for (const status of [408, 429, 500, 502, 503, 504]) {
    equal(outcome(answer(status, '{"code":"x"}')), `troubled ${status}`);
  }
});

test("who is signed in is asked when an answer leaves it open", () => {
  equal(doubtful(answer(401), "GET"), true);
  equal(doubtful(answer(401, "<h1>Proxy</h1>", false), "GET"), false);
  equal(doubtful(answer(0), "POST"), true);
  equal(doubtful(answer(403), "POST"), true);
  equal(doubtful(answer(403), "GET"), false);
  equal(doubtful(answer(403, '{"code":"own_password_first"}'), "GET"), true);
  equal(doubtful(answer(409, '{"code":"other_account"}'), "POST"), true);
  equal(doubtful(answer(409, '{"code":"lease_lost"}'), "POST"), false);
});

test("nothing wrong in stored preferences is used", () => {
  equal(preferencesOf({ keys: { skip: 5, flag: "KeyJ" }, singleKeys: "no", timer: false, pauseAfter: -1, other: {} }), {
    timer: false,
    keys: { flag: "KeyJ" },
  });
  for (const wrong of [null, undefined, 5, "x", [], [{ timer: false }], { keys: [] }, { keys: null }, { keys: "KeyS" }]) {
    equal(preferencesOf(wrong), {});
  }
});

test("only what changed is sent, and null for what is gone", () => {
  const before = { theme: "dark", keys: { skip: "KeyK", flag: "KeyJ" } } as const;
  equal(changesOf(before, { timer: false }), { timer: false });
  equal(changesOf(before, { keys: { skip: "KeyK", flag: "KeyL" } }), { keys: { flag: "KeyL" } });
  equal(changesOf(before, { keys: {} }), { keys: { skip: null, flag: null } });
});

/** A store that writes nothing down but the order of its keys. */
function outboxOf(submit: (submission: Submission) => Promise<Receipt>): { outbox: Outbox; outgoing: Outgoing; state: State } {
  let sequence = 0;
  const database = {
    enqueue: async () => ++sequence,
    updateParcel: async () => undefined,
    deleteParcel: async () => undefined,
    parcels: async () => [],
  };
  const state = new State("c", { failing: false, writing: false }, { closed: undefined });
  const desk = { ride: () => undefined, arrived: () => undefined, stayedAway: () => undefined };
  return { outbox: new Outbox(database, { submit, well: async () => true }, state, desk), outgoing: state.outgoing, state };
}

const parcel = (id: string): Parcel => ({
  account: "a",
  campaign: "c",
  submission: { id, assignment: id, token: 1, activeMilliseconds: 0 },
  draft: {} as Draft,
});

test("a judgement that is gone when its answer comes takes no other with it", async () => {
  const sent: string[] = [];
  let refuse: () => void = () => undefined;
  const { outbox, outgoing } = outboxOf(({ id }) => {
    sent.push(id);
    return id === "one"
      ? new Promise((_, reject) => (refuse = () => reject(new Refused(409, "lease_lost", ""))))
      : Promise.resolve({ id, status: "accepted", progress: { mine: 0, today: 0, open: 0, wanted: 0, filled: 0 } });
  });
  await outbox.start();
  await outbox.add(parcel("one"), () => undefined);
  outbox.wake();
  refuse();
  await new Promise((done) => setTimeout(done, 20));
  equal(outgoing.refused.length, 1);
  await outbox.add(parcel("two"), () => undefined);
  // discarded twice, as by a double click
  await Promise.all([outbox.discard(), outbox.discard()]);
  equal([outgoing.refused.length, outgoing.waiting], [0, 1]);
  outbox.wake();
  await new Promise((done) => setTimeout(done, 20));
  equal([sent, outgoing.waiting], [["one", "two"], 0]);
});

test("a pair whose judgement of an earlier page has arrived is not put on the desk again by a late claim", async () => {
  const { outbox, outgoing, state } = outboxOf(async ({ id }) => ({
    id,
    status: "accepted",
    progress: { mine: 0, today: 0, open: 0, wanted: 0, filled: 0 },
  }));
  await outbox.start();
  outgoing.add([{ ...parcel("one"), sequence: 1 }]);
  equal(state.settled("one"), true);
  outbox.wake();
  await new Promise((done) => setTimeout(done, 20));
  equal([outgoing.waiting, state.settled("one")], [0, true]);
});
