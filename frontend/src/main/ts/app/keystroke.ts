/** What a key event says of its key. */
export type Stroke = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "isComposing" | "keyCode"> & {
  getModifierState?(name: string): boolean;
};

/** Zeros of the decimal digits that input methods and keyboards of other scripts write. */
const ZEROS = [0x30, 0xff10, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50];

/** The key belongs to an input method, which is still writing a word. */
export function composing({ isComposing, keyCode, key }: Stroke): boolean {
  return isComposing || keyCode === 229 || key === "Process";
}

/** AltGr writes a third character of a key. Windows reports it as Ctrl and Alt together. */
export function altGraph(event: Stroke): boolean {
  return (event.getModifierState?.("AltGraph") ?? false) || (event.ctrlKey && event.altKey);
}

/** Ctrl, or the command key, and nothing that makes it something else. */
export function withControl(event: Stroke): boolean {
  return (event.ctrlKey || event.metaKey) && !event.altKey && !altGraph(event);
}

/** Held down with any key that makes it another command. */
export function modified(event: Stroke): boolean {
  return event.ctrlKey || event.metaKey || event.altKey || altGraph(event);
}

/**
 * The key's place on the keyboard (`KeyboardEvent.code`), the same on every layout; empty for a key of the number pad that
 * moves instead of writing a digit. Keyboards on the screen name no place: there it is where the character usually is.
 */
export function placeOf({ key, code }: Stroke): string {
  if (/^Numpad\d$/.test(code)) {
    return digitOf(key) === undefined ? "" : code;
  }
  if (code !== "" && code !== "Unidentified") {
    return code;
  }
  const digit = digitOf(key);
  return digit !== undefined ? `Digit${digit}` : /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key === " " ? "Space" : "";
}

/** The digit that a key writes, in whatever script. */
export function digitOf(key: string): number | undefined {
  const at = key.codePointAt(0);
  if (at === undefined || key.length !== 1) {
    return undefined;
  }
  const zero = ZEROS.find((first) => at >= first && at < first + 10);
  return zero === undefined ? undefined : at - zero;
}

/** The Latin letter of a shortcut: the printed one, or on keyboards of other scripts the one of the same place. */
export function letterOf({ key, code }: Stroke): string {
  if (/^\p{Script=Latin}$/u.test(key)) {
    return key.toLowerCase();
  }
  return /^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : "";
}

/** A question mark as any keyboard writes it. */
export function asks({ key }: Stroke): boolean {
  return key === "?" || key === "？" || key === "؟";
}
