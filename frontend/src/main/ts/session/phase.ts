import { OtherAccount, type Refused, SignedOut, type Undelivered } from "./failures.js";

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

/** What the phase depends on. */
export interface Facts {
  /** Nobody, or another account than the page's, is signed in. */
  readonly closed: SignedOut | OtherAccount | undefined;
  /** The server said no to working here. */
  readonly refusal: Refused | undefined;
  /** Why the last call did not get through. */
  readonly failing: Undelivered | undefined;
  /** The way into the queue is not free yet; `work` is the question that is answered now. */
  readonly training: { readonly work: unknown } | undefined;
  /** Another tab works on the campaign. */
  readonly elsewhere: boolean;
  /** The pair that is judged now; whether the version of the protocol that it came under is known, and was read. */
  readonly pair: "none" | "unknown" | "unread" | "ready";
  /** The server answered when it was asked for pairs last. */
  readonly looked: boolean;
}

/** The phase, from nothing but what is known. What keeps a person from all that is theirs comes first. */
export function phaseOf({ closed, refusal, failing, training, elsewhere, pair, looked }: Facts): Phase {
  if (closed instanceof OtherAccount) {
    return "other-account";
  }
  if (refusal) {
    return "forbidden";
  }
  if (training) {
    return training.work ? "working" : "training";
  }
  if (elsewhere) {
    return "elsewhere";
  }
  if (pair !== "none") {
    return ({ unknown: "loading", unread: "reading", ready: "working" } as const)[pair];
  }
  // pairs that wait can be judged without a server; only where there are none it matters
  const missing = closed ?? failing;
  if (missing) {
    return missing instanceof SignedOut ? "signed-out" : "unreachable";
  }
  return looked ? "empty" : "loading";
}
