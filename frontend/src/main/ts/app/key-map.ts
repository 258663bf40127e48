/** What single keys do. A key is a place on the keyboard (`KeyboardEvent.code`), so layouts do not matter. */
const DEFAULTS = {
  skip: "KeyS",
  flag: "KeyF",
  comment: "KeyC",
  guideline: "KeyG",
  my_work: "KeyH",
  side_by_side: "KeyQ",
  swipe: "KeyW",
  blink: "KeyE",
  difference: "KeyR",
  hold: "KeyV",
  compare: "KeyD",
  magnifier: "KeyM",
  evidence: "KeyO",
  fit: "KeyX",
  one: "KeyZ",
  two: "KeyT",
  zoom_in: "Equal",
  zoom_out: "Minus",
  lower: "BracketLeft",
  raise: "BracketRight",
  answer_1: "Digit1",
  answer_2: "Digit2",
  answer_3: "Digit3",
  answer_4: "Digit4",
  answer_5: "Digit5",
  answer_6: "Digit6",
  answer_7: "Digit7",
  answer_8: "Digit8",
  answer_9: "Digit9",
} as const;

export type Command = keyof typeof DEFAULTS;

export const COMMANDS = Object.keys(DEFAULTS) as Command[];

/** Keys with a fixed meaning, which no command may take. */
const FIXED = new Set(["Enter", "NumpadEnter", "Tab", "Escape", "Space", "Backspace", "Delete"]);

/** The person's own keys over the defaults. */
export class KeyMap {
  private readonly codes: Readonly<Record<Command, string>>;

  constructor(
    own: Readonly<Record<string, string>> = {},
    private readonly layout?: ReadonlyMap<string, string>,
  ) {
    this.codes = { ...DEFAULTS, ...Object.fromEntries(Object.entries(own).filter(([command]) => command in DEFAULTS)) };
  }

  command(code: string): Command | undefined {
    const same = code.replace(/^Numpad(?=\d$)/, "Digit").replace("NumpadAdd", "Equal").replace("NumpadSubtract", "Minus");
    return COMMANDS.find((command) => this.codes[command] === code) ?? COMMANDS.find((command) => this.codes[command] === same);
  }

  /** The number of the answer that a command gives, from 1; undefined for other commands. */
  static answer(command: Command): number | undefined {
    return command.startsWith("answer_") ? Number(command.slice("answer_".length)) : undefined;
  }

  /** What stands on the key of the person's keyboard. */
  label(command: Command): string {
    return keyLabel(this.codes[command], this.layout);
  }

  answerLabel(n: number): string {
    return n <= 9 ? this.label(`answer_${n}` as Command) : "";
  }

  /** Who uses a key already, or "fixed". */
  taken(code: string, by: Command): Command | "fixed" | undefined {
    if (FIXED.has(code)) {
      return "fixed";
    }
    return COMMANDS.find((command) => command !== by && this.codes[command] === code);
  }

  /** The differences to the defaults when a command gets a key. */
  with(command: Command, code: string): Record<string, string> {
    const codes: Record<string, string> = { ...this.codes, [command]: code };
    return Object.fromEntries(Object.entries(codes).filter(([name, value]) => DEFAULTS[name as Command] !== value));
  }
}

const SIGNS: Readonly<Record<string, string>> = {
  Equal: "+",
  Minus: "−",
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

export function keyLabel(code: string, layout?: ReadonlyMap<string, string>): string {
  if (code === "Equal") {
    return "+";
  }
  const letter = layout?.get(code);
  return letter?.toUpperCase() ?? SIGNS[code] ?? code.replace(/^(Key|Digit)/, "").replace(/^Numpad/, "Num ");
}

/** The keyboard's letters, where the browser tells them. */
export async function keyboardLayout(): Promise<ReadonlyMap<string, string> | undefined> {
  const keyboard = (navigator as { keyboard?: { getLayoutMap(): Promise<ReadonlyMap<string, string>> } }).keyboard;
  return keyboard?.getLayoutMap().catch(() => undefined);
}
