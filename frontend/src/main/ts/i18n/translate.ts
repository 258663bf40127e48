import type { Dictionary, Key } from "./dictionary.js";
import { en } from "./en.js";
import { zh } from "./zh.js";

export const dictionaries: Readonly<Record<string, Dictionary>> = { en, zh };

export type Values = Readonly<Record<string, string | number>>;

/** The words of one language. */
export type Translate = (key: Key, values?: Values) => string;

/** English for a language we do not speak. */
export function translator(language: string): Translate {
  const dictionary = dictionaries[language] ?? en;
  return (key, values = {}) => {
    const singular = `${key}_one` as Key;
    const text = values.n === 1 && singular in dictionary ? dictionary[singular] : dictionary[key];
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  };
}

/** "zh-CN" is "zh"; unknown is "en". */
export function languageOf(tag: string | null | undefined): string {
  const language = (tag ?? "").slice(0, 2).toLowerCase();
  return language in dictionaries ? language : "en";
}

/** Minutes and seconds as on a clock: 83 s is "1:23". */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
