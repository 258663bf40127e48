import { keyLabel } from "../../main/ts/app/key-label.js";
import { KeyMap } from "../../main/ts/app/key-map.js";
import { asks, composing, digitOf, letterOf, placeOf, type Stroke } from "../../main/ts/app/keystroke.js";
import { lines } from "../../main/ts/app/written.js";
import { duration } from "../../main/ts/session/active-clock.js";
import { NO_ATTENTION, sane } from "../../main/ts/session/attention.js";
import { equal, test } from "./check.js";

const stroke = (key: string, code: string, change: Partial<Stroke> = {}): Stroke => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  keyCode: 0,
  ...change,
});

test("a digit is a digit in every script, and nothing else is", () => {
  equal(["1", "９", "٣", "۴", "०"].map(digitOf), [1, 9, 3, 4, 0]);
  equal(["", "a", "End", "²", "&", "12"].map(digitOf), [undefined, undefined, undefined, undefined, undefined, undefined]);
});

test("a place is the browser's, or on a screen keyboard the usual one of the character", () => {
  equal(placeOf(stroke("&", "Digit1")), "Digit1");
  equal(placeOf(stroke("1", "")), "Digit1");
  equal(placeOf(stroke("s", "Unidentified")), "KeyS");
  equal([placeOf(stroke("1", "Numpad1")), placeOf(stroke("End", "Numpad1"))], ["Numpad1", ""]);
});

test("a shortcut's letter is the printed one, on keyboards of other scripts the one of the place", () => {
  equal([letterOf(stroke("z", "KeyY")), letterOf(stroke("Z", "KeyW")), letterOf(stroke("y", "KeyZ"))], ["z", "z", "y"]);
  equal([letterOf(stroke("я", "KeyZ")), letterOf(stroke("ζ", "KeyZ")), letterOf(stroke(";", "Semicolon"))], ["z", "z", ""]);
});

test("an input method at work is told, and so is a question mark of any keyboard", () => {
  equal([composing(stroke("a", "KeyA", { isComposing: true })), composing(stroke("Enter", "Enter", { keyCode: 229 }))], [true, true]);
  equal(["?", "？", "؟", "/"].map((key) => asks(stroke(key, "Slash"))), [true, true, true, false]);
});

test("a label is what is printed, a French digit still a digit, and a guess is marked", () => {
  const french = new Map([["KeyQ", "a"], ["Digit1", "&"], ["Equal", "="], ["Minus", ")"]]);
  equal(["KeyQ", "Digit1", "Equal", "Minus"].map((code) => keyLabel(code, french)), ["A", "1", "+", ")"]);
  equal(["KeyS", "KeyQ", "BracketLeft", "Digit4", "Numpad4"].map((code) => keyLabel(code)), ["S", "Q*", "[*", "4", "Num 4"]);
  equal(keyLabel("KeyD", new Map([["KeyS", "o"]])), "D*");
});

test("own keys that are no keys are passed over, and a new default takes no key away", () => {
  const keys = new KeyMap({ skip: 5, flag: "KeyI", no_such: "KeyS" });
  equal([keys.command("KeyS"), keys.command("KeyI"), keys.name("instruction")], ["skip", "flag", ""]);
  equal(new KeyMap(null as unknown as Record<string, string>).command("KeyS"), "skip");
});

test("a printed plus and minus zoom where their places do nothing else", () => {
  const keys = new KeyMap();
  equal([keys.heard(stroke("-", "Slash")), keys.heard(stroke("+", "BracketRight")), keys.heard(stroke("´", "Equal"))], [
    "zoom_out",
    "raise",
    "zoom_in",
  ]);
});

test("keys that rest have no label, but keep their name", () => {
  const keys = new KeyMap({}, new Map(), false);
  equal([keys.label("skip"), keys.answerLabel(1), keys.name("skip")], ["", "", "S"]);
});

test("times are whole and between nothing and a day", () => {
  equal([1.4, -5, 2 ** 63, NaN, Infinity, 86_400_001].map(duration), [1, 0, 86_400_000, 0, 86_400_000, 86_400_000]);
  const spoiled = { ...NO_ATTENTION, activeMilliseconds: 2 ** 63, firstAnswerMilliseconds: -1.5 };
  const mended = sane({ ...spoiled, attention: { ...spoiled.attention, modes: { swipe: 0.5 }, evidence: { shown: 1, milliseconds: 1e300 } } });
  equal([mended.activeMilliseconds, mended.firstAnswerMilliseconds], [86_400_000, 0]);
  equal([mended.attention.modes.swipe, mended.attention.evidence?.milliseconds], [1, 86_400_000]);
});

test("every kind of line end is a line end", () => {
  equal(lines("a\r\nb\rc\u2028d\u0085e\nf"), "a\nb\nc\nd\ne\nf");
});
