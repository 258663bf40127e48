import { OtherAccount, Refused, SignedOut } from "./failures.js";

/** What the page is about: the pairs, or one reason why there are none. */
export type Phase =
  | "loading"
  | "training"
  | "reading"
  | "working"
  | "empty"
  | "elsewhere"
  | "signed-out"
  | "other-account"
  | "forbidden"
  | "unreachable";

/** The reason that an error is. */
export function phaseOf(error: unknown): Phase {
  if (error instanceof Refused) {
    return "forbidden";
  }
  if (error instanceof OtherAccount) {
    return "other-account";
  }
  return error instanceof SignedOut ? "signed-out" : "unreachable";
}
