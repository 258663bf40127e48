import { Refused } from "./api.js";

/** What the page is about: the pairs, or one reason why there are none. */
export type Phase =
  | "loading"
  | "training"
  | "reading"
  | "working"
  | "empty"
  | "elsewhere"
  | "signed-out"
  | "forbidden"
  | "unreachable"
  | "no-store";

/** The reason that an error is. */
export function phaseOf(error: unknown): Phase {
  if (error instanceof Refused) {
    return error.status === 401 ? "signed-out" : "forbidden";
  }
  return "unreachable";
}
