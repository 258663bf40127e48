import { GUESS, keyLabel } from "./key-label.js";
import { digitOf, placeOf, type Stroke } from "./keystroke.js";

/** What single keys do. A key is a place on the keyboard (`KeyboardEvent.code`), so layouts do not matter. */
const DEFAULTS = {
  skip: "KeyS",
  flag: "KeyF",
  comment: "KeyC",
  guideline: "KeyG",
  my_work: "KeyH",
  instruction: "KeyI",
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
const FIXED = new Set([
  ...["Enter", "NumpadEnter", "Tab", "Escape", "Space", "Backspace", "Delete", "PageUp", "PageDown", "Home", "End"],
  ...["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"],
]);

/** The person's own keys over the defaults. Own keys may be anything: what is no key is passed over. */
export class KeyMap {
  private readonly codes: Readonly<Record<string, string>>;

  /**
   * @param layout what is printed on the keys, as far as it is known
   * @param on whether single keys do anything; they have no labels when they do not
   */
  constructor(
    own: Readonly<Record<string, unknown>> = {},
    private readonly layout: ReadonlyMap<string, string> = new Map(),
    private readonly on = true,
  ) {
    const chosen = Object.entries(own ?? {}).filter(([command, code]) => command in DEFAULTS && typeof code === "string" && code !== "");
    const taken = new Set(chosen.map(([, code]) => code));
    // a default that came later does not take a key away from the person who chose it before
    const free = Object.entries(DEFAULTS).filter(([, code]) => !taken.has(code));
    this.codes = { ...Object.fromEntries(free), ...(Object.fromEntries(chosen) as Record<string, string>) };
  }

  /** What the key at this place does. */
  command(code: string): Command | undefined {
    const same = code.replace(/^Numpad(?=\d$)/, "Digit").replace("NumpadAdd", "Equal").replace("NumpadSubtract", "Minus");
    return this.at(code) ?? this.at(same);
  }

  private at(code: string): Command | undefined {
    return COMMANDS.find((command) => this.codes[command] === code);
  }

  /** What a key does: by its place, or where the place does nothing by a printed plus or minus. */
  heard(event: Stroke): Command | undefined {
    const signs: Readonly<Record<string, Command>> = { "+": "zoom_in", "-": "zoom_out", "−": "zoom_out" };
    const sign = signs[event.key];
    return this.command(placeOf(event)) ?? (sign && this.codes[sign] === DEFAULTS[sign] ? sign : undefined);
  }

  /** The number of the answer that a key gives, from 1: its own, or a printed digit. */
  answerOf(event: Stroke): number | undefined {
    const command = this.command(placeOf(event));
    return (command && KeyMap.answer(command)) ?? (digitOf(event.key) || undefined);
  }

  /** The number of the answer that a command gives, from 1; undefined for other commands. */
  static answer(command: Command): number | undefined {
    return command.startsWith("answer_") ? Number(command.slice("answer_".length)) : undefined;
  }

  /** What stands on the key of the person's keyboard; nothing while single keys rest. */
  label(command: Command): string {
    return this.on ? this.name(command) : "";
  }

  /** The same whether single keys rest or not. */
  name(command: Command): string {
    return this.nameOf(this.codes[command] ?? "");
  }

  nameOf(code: string): string {
    return keyLabel(code, this.layout);
  }

  /** Some key's label is a guess: see `keyLabel`. */
  get guessed(): boolean {
    return COMMANDS.some((command) => this.name(command).endsWith(GUESS));
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
