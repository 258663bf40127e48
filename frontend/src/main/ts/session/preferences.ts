import type { Preferences } from "../contract/account.js";

type Check = (value: unknown) => boolean;

const isSwitch: Check = (value) => typeof value === "boolean";

const CHECKS: Readonly<Record<Exclude<keyof Preferences, "keys">, Check>> = {
  singleKeys: isSwitch,
  sourcePosition: (value) => value === "middle" || value === "left",
  theme: (value) => value === "light" || value === "dark" || value === "system",
  timer: isSwitch,
  pauseAfter: (value) => Number.isInteger(value) && Number(value) >= 0,
};

/** `KeyboardEvent.code` is a word, as "KeyS" is. */
const CODE = /^[A-Za-z][A-Za-z0-9]*$/;

/** What can be used of preferences as they are stored; nothing of what is wrong, so that it never stops work. */
export function preferencesOf(stored: unknown): Preferences {
  const known = Object.entries(CHECKS).flatMap(([name, fits]) => {
    const value = own(stored, name);
    return fits(value) ? [[name, value] as const] : [];
  });
  const keys = entriesOf(own(stored, "keys")).filter(([, code]) => typeof code === "string" && CODE.test(code));
  return { ...Object.fromEntries(known), ...(keys.length > 0 ? { keys: Object.fromEntries(keys) as Record<string, string> } : {}) };
}

/**
 * The difference between what held and what shall hold, as the server merges it: null for what is gone, and of the keys
 * those that changed. What another page chose meanwhile is not in it, so it stays.
 */
export function changesOf(before: Preferences, change: Preferences): Record<string, unknown> {
  const { keys, ...plain } = change;
  if (!keys) {
    return plain;
  }
  const former = before.keys ?? {};
  const gone = Object.keys(former).filter((command) => !(command in keys));
  const changed = Object.entries(keys).filter(([command, code]) => former[command] !== code);
  return { ...plain, keys: { ...Object.fromEntries(gone.map((command) => [command, null])), ...Object.fromEntries(changed) } };
}

function own(value: unknown, name: string): unknown {
  return entriesOf(value).find(([key]) => key === name)?.[1];
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}
