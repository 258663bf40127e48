import { composing, modified, type Stroke } from "./keystroke.js";

const STORE = "diptych-keyboard";

/**
 * What is printed on the keys: told by the browser where it does, else learned from the keys that are pressed. Only the
 * layout is kept, never what is typed.
 */
export class Keyboard {
  private readonly printed = new Map<string, string>(remembered());

  /** Characters by place. A place that is not there is not known. */
  get layout(): ReadonlyMap<string, string> {
    return this.printed;
  }

  /** Asks the browser; those that answer do so on secure pages only. */
  async ask(): Promise<void> {
    const { keyboard } = navigator as { keyboard?: { getLayoutMap(): Promise<ReadonlyMap<string, string>> } };
    const told = await keyboard?.getLayoutMap().catch(() => undefined);
    told?.forEach((character, place) => this.printed.set(place, character));
  }

  /** Hears a key; whether it was news. */
  learn(event: Stroke & { shiftKey: boolean }): boolean {
    const { code, key } = event;
    const place = /^(Key[A-Z]|Minus|Equal|Bracket(Left|Right)|Semicolon|Quote|Comma|Period|Slash|Backslash|Backquote|IntlBackslash)$/;
    if (composing(event) || modified(event) || event.shiftKey || !place.test(code)) {
      return false;
    }
    const character = key.toLowerCase();
    const latin = /^\p{Script=Latin}$/u.test(character);
    // a key of another script carries a Latin letter too, and that one names it
    const news = latin ? this.printed.get(code) !== character : /^[\p{P}\p{S}]$/u.test(character) && !this.printed.has(code);
    if (news) {
      this.printed.set(code, character);
      remember(this.printed);
    }
    return news;
  }
}

function remembered(): [string, string][] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORE) ?? "[]");
    return Array.isArray(kept) ? kept.filter((pair) => Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === "string")) : [];
  } catch {
    return [];
  }
}

function remember(printed: ReadonlyMap<string, string>): void {
  try {
    localStorage.setItem(STORE, JSON.stringify([...printed]));
  } catch {
    // without a store it is learned again
  }
}
