import { cellsOf, fromSubmitted, missing, nextOpen, toSubmitted, totals } from "../../main/ts/answer/answers.js";
import type { Protocol } from "../../main/ts/answer/protocol.js";
import { KeyMap } from "../../main/ts/app/key-map.js";
import { markdown } from "../../main/ts/app/markdown.js";
import { dictionaries, languageOf, translator } from "../../main/ts/i18n/translate.js";
import { ActiveClock } from "../../main/ts/session/active-clock.js";
import { PauseClock } from "../../main/ts/session/pause-clock.js";
import { deadlineOf } from "../../main/ts/session/work.js";
import type { Assignment } from "../../main/ts/contract/assignment.js";
import { render } from "lit";
import { close, equal, test } from "./check.js";

const dimension = (id: string) => ({
  id,
  title: { en: id },
  short: { en: id },
  question: { en: id },
  levels: [1, 2, 3, 4].map((value) => ({ value, label: { en: "" }, text: { en: "" } })),
});
const protocol = (mode: Protocol["mode"], ...ids: string[]): Protocol => ({
  id: "p",
  version: 1,
  mode,
  title: { en: "" },
  purpose: { en: "" },
  dimensions: ids.map(dimension),
  skip_reasons: [],
  guideline: { en: "" },
});

test("all languages have the same keys and the same places to fill in", () => {
  const holes = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const [language, dictionary] of Object.entries(dictionaries)) {
    equal(Object.keys(dictionary).sort(), Object.keys(dictionaries.en!).sort(), language);
    for (const [key, text] of Object.entries(dictionary)) {
      equal(text.trim() !== "", true, `${language} ${key}`);
      equal(holes(text), holes(dictionaries.en![key as keyof typeof dictionary]), `${language} ${key}`);
    }
  }
});

test("one of a thing is said in the singular, and unknown languages are English", () => {
  equal(translator("en")("left_to_answer", { n: 1 }), "1 answer left");
  equal(translator("en")("left_to_answer", { n: 2 }), "2 answers left");
  equal([languageOf("zh-Hans-CN"), languageOf("de"), languageOf(null)], ["zh", "en", "en"]);
});

test("active time stops 30 seconds after the last input", () => {
  const clock = new ActiveClock();
  clock.input(0);
  clock.input(10_000);
  equal(clock.read(25_000), 25_000);
  equal(clock.read(100_000), 40_000);
  clock.input(100_000);
  equal(clock.read(105_000), 45_000);
});

test("active time stops at once when the page is left, and goes on with the next input", () => {
  const clock = new ActiveClock(1000);
  clock.input(0);
  clock.pause(5000);
  equal(clock.read(20_000), 6000);
  clock.input(20_000);
  clock.pause(21_000);
  equal(clock.read(90_000), 7000);
});

const MINUTE = 60_000;

/** Input every four minutes, so that there is no rest between. */
function worked(minutes: number): PauseClock {
  const pauses = new PauseClock();
  for (let minute = 0; minute <= minutes; minute += 4) {
    pauses.input(minute * MINUTE);
  }
  return pauses;
}

test("a rest of five minutes begins a new stretch", () => {
  const pauses = worked(20);
  equal(pauses.stretch(21 * MINUTE), 20 * MINUTE);
  equal(pauses.stretch(26 * MINUTE), 0);
  pauses.input(27 * MINUTE);
  equal(pauses.stretch(27 * MINUTE), 0);
});

test("a pause is suggested after the chosen stretch, never while an answer is in progress", () => {
  const pauses = worked(52);
  equal(pauses.due(52 * MINUTE, 50 * MINUTE, false), true);
  equal(pauses.due(52 * MINUTE, 50 * MINUTE, true), false);
  equal(pauses.due(52 * MINUTE, 90 * MINUTE, false), false);
  equal(pauses.due(52 * MINUTE, 0, false), false);
});

test("a suggestion that was put off comes again after ten minutes", () => {
  const pauses = worked(52);
  pauses.later(52 * MINUTE);
  pauses.input(56 * MINUTE);
  pauses.input(60 * MINUTE);
  equal(pauses.due(61 * MINUTE, 50 * MINUTE, false), false);
  equal(pauses.due(62 * MINUTE, 50 * MINUTE, false), true);
});

test("after a pause the stretch begins anew", () => {
  const pauses = worked(52);
  pauses.rest();
  equal(pauses.stretch(52 * MINUTE), 0);
  pauses.input(53 * MINUTE);
  equal(pauses.due(53 * MINUTE, 50 * MINUTE, false), false);
});

test("a rating protocol asks for each edit on each dimension, whatever their number", () => {
  equal(cellsOf(protocol("rating", "one", "two", "three")).map((cell) => cell.key), [
    "one:left",
    "one:right",
    "two:left",
    "two:right",
    "three:left",
    "three:right",
  ]);
  equal(cellsOf(protocol("comparison", "one", "two")).map((cell) => cell.key), ["one", "two"]);
});

test("answers go to the server and come back unchanged", () => {
  const rating = protocol("rating", "one", "two");
  const answers = { "one:left": 4, "one:right": 2, "two:left": 1, "two:right": 3 };
  equal(toSubmitted(rating, answers), { one: { left: 4, right: 2 }, two: { left: 1, right: 3 } });
  equal(fromSubmitted(toSubmitted(rating, answers)), answers);
  const comparison = protocol("comparison", "one");
  equal(fromSubmitted(toSubmitted(comparison, { one: "both_bad" })), { one: "both_bad" });
});

test("the cursor goes to the next open cell and round", () => {
  const cells = cellsOf(protocol("rating", "one", "two"));
  equal(nextOpen(cells, { "one:left": 1 }, 0), 1);
  equal(nextOpen(cells, { "two:right": 1, "two:left": 2 }, 3), 0);
  equal(nextOpen(cells, { "one:left": 1, "one:right": 1, "two:left": 1, "two:right": 1 }, 3), undefined);
  equal(missing(cells, { "one:left": 1 }).length, 3);
});

test("sums are there when all ratings are", () => {
  const rating = protocol("rating", "one", "two");
  equal(totals(rating, { "one:left": 4, "one:right": 2, "two:left": 1 }), undefined);
  equal(totals(rating, { "one:left": 4, "one:right": 2, "two:left": 1, "two:right": 3 }), { left: 5, right: 5, of: 8 });
});

test("keys are places on the keyboard, can be moved, and never clash", () => {
  const keys = new KeyMap();
  equal(keys.command("KeyS"), "skip");
  equal(keys.command("Numpad3"), "answer_3");
  equal(keys.taken("KeyF", "skip"), "flag");
  equal(keys.taken("Enter", "skip"), "fixed");
  const moved = new KeyMap(keys.with("skip", "KeyK"));
  equal([moved.command("KeyK"), moved.command("KeyS")], ["skip", undefined]);
  equal(keys.with("skip", "KeyS"), {});
  equal(new KeyMap({}, new Map([["KeyQ", "a"]])).label("side_by_side"), "A");
});

test("the lease's deadline does not depend on the server's clock", () => {
  const lease = { serverTime: "2031-05-01T00:00:00Z", expiresAt: "2031-05-01T00:20:00Z" } as Assignment;
  close(deadlineOf(lease, 1000) - 1000, 20 * 60_000);
});

test("guidelines never bring markup of their own", () => {
  const place = document.createElement("div");
  render(markdown("## A *title*\n\nText with **weight**, `code` and <img src=x onerror=alert(1)>.\n\n- one\n- two"), place);
  equal(place.querySelector("img"), null);
  equal(place.textContent!.includes("<img src=x onerror=alert(1)>"), true);
  equal([...place.children].map((element) => element.tagName), ["H3", "P", "UL"]);
  equal(place.querySelectorAll("li").length, 2);
});
