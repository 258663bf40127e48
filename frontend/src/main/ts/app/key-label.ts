const SIGNS: Readonly<Record<string, string>> = {
  Equal: "=",
  Minus: "-",
  BracketLeft: "[",
  BracketRight: "]",
  Semicolon: ";",
  Quote: "'",
  Comma: ",",
  Period: ".",
  Slash: "/",
  Backslash: "\\",
  Backquote: "`",
};

/** Marks the letter that a US keyboard has at a place, where nothing is known of this one. */
export const GUESS = "*";

/** Letters that are elsewhere on one of the usual Latin keyboards (QWERTY, QWERTZ, AZERTY). */
const WANDERING = new Set(["KeyA", "KeyM", "KeyQ", "KeyW", "KeyY", "KeyZ"]);

/** What is printed on a key; where that is not known, the US letter with the mark of a guess. */
export function keyLabel(code: string, layout: ReadonlyMap<string, string> = new Map()): string {
  const printed = layout.get(code);
  // a French keyboard writes its digits with Shift, but they are printed on it like on any other
  if (printed === undefined || /^Digit\d$/.test(code)) {
    const letter = /^Key[A-Z]$/.test(code);
    const name = letter || /^Digit\d$/.test(code) ? code.replace(/^(Key|Digit)/, "") : (SIGNS[code] ?? code.replace(/^Numpad/, "Num "));
    return shown(name) + ((letter && (WANDERING.has(code) || strange(layout))) || code in SIGNS ? GUESS : "");
  }
  return shown(printed.toUpperCase());
}

/** A letter that the usual keyboards have in one place is elsewhere on this one. */
function strange(layout: ReadonlyMap<string, string>): boolean {
  return [...layout].some(([code, letter]) => /^Key/.test(code) && !WANDERING.has(code) && letter !== code.slice(3).toLowerCase());
}

function shown(character: string): string {
  return character === "=" ? "+" : character === "-" ? "−" : character;
}
