import { OtherAccount, Refused, SignedOut, Troubled, Unreachable } from "../../main/ts/session/failures.js";
import { networkOf, stuck } from "../../main/ts/session/network.js";
import { type Facts, phaseOf } from "../../main/ts/session/phase.js";
import { equal, test } from "./check.js";

const START: Facts = {
  closed: undefined,
  refusal: undefined,
  failing: undefined,
  training: undefined,
  elsewhere: false,
  pair: "none",
  looked: false,
};

const phase = (...facts: Partial<Facts>[]) => phaseOf(Object.assign({}, START, ...facts));

const other = { closed: new OtherAccount({ id: "b", name: "b", displayName: null, role: "", language: null, preferences: null }) };
const signedOut = { closed: new SignedOut() };
const dead = { failing: new Unreachable("") };
const ill = { failing: new Troubled(503) };
const refused = { refusal: new Refused(403, "forbidden", "") };
const question = { training: { work: {} } };
const page = { training: { work: undefined } };
const pair = { pair: "ready", looked: true } as const;

test("a page that begins is loading until it has looked for pairs", () => {
  equal([phase(), phase({ looked: true })], ["loading", "empty"]);
});

test("a pair that is here is judged, whatever becomes of the server", () => {
  equal([phase(pair), phase(pair, dead), phase(pair, ill), phase(pair, signedOut)], Array(4).fill("working"));
});

test("a pair waits for its version of the protocol, and for the annotator who has to read it", () => {
  equal([phase(pair, { pair: "unknown" }), phase(pair, { pair: "unread" }), phase(pair, dead, { pair: "unread" })], ["loading", "reading", "reading"]);
});

test("without a pair the page says why there is none", () => {
  const none = { looked: true };
  equal([phase(none, dead), phase(none, ill), phase(none, signedOut), phase(none, signedOut, dead)], [
    "unreachable",
    "unreachable",
    "signed-out",
    "signed-out",
  ]);
  // also where the page could not even begin
  equal([phase(dead), phase(signedOut), phase(refused)], ["unreachable", "signed-out", "forbidden"]);
});

test("what one account did is nobody else's to see, wherever it was", () => {
  equal([phase(other), phase(other, pair), phase(other, question), phase(other, { elsewhere: true }), phase(other, refused)], Array(5).fill("other-account"));
});

test("who may not work here does not, with or without pairs", () => {
  equal([phase(refused, pair), phase(refused, page), phase(refused, dead)], Array(3).fill("forbidden"));
});

test("the training stands before the queue, and its questions look like pairs", () => {
  equal([phase(page), phase(question), phase(page, dead), phase(question, { pair: "ready" })], ["training", "working", "training", "working"]);
});

test("another tab's work is not looked for here", () => {
  equal([phase({ elsewhere: true }), phase({ elsewhere: true }, dead)], ["elsewhere", "elsewhere"]);
});

test("the most pressing thing about the way to the server is said alone", () => {
  equal(
    [
      networkOf(undefined, false, false),
      networkOf(undefined, false, true),
      networkOf(undefined, true, true),
      networkOf(dead.failing, true, true),
      networkOf(ill.failing, false, false),
      networkOf(other.closed, true, false),
    ],
    ["saved", "saving", "unstored", "offline", "troubled", "signed-out"],
  );
  equal((["saved", "saving", "unstored", "offline", "troubled", "signed-out"] as const).map(stuck), [false, false, false, true, true, true]);
});
