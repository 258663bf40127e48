import { en } from "./en.js";

export type Key = keyof typeof en;

/** A language has every key; the compiler says which is missing. */
export type Dictionary = Readonly<Record<Key, string>>;
