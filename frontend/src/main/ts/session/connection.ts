import { OtherAccount, Refused, SignedOut, Troubled, Undelivered, Unreachable } from "./failures.js";

/** What the page says of the way to the server. */
export type NetworkState = "saved" | "saving" | "unstored" | "offline" | "troubled" | "signed-out";

/** The state that a failure is. */
export function stateOf(failure: Undelivered): "offline" | "troubled" | "signed-out" {
  if (failure instanceof SignedOut || failure instanceof OtherAccount) {
    return "signed-out";
  }
  return failure instanceof Troubled ? "troubled" : "offline";
}

/** An error as a failure to deliver; one that nobody expected is told to the console too. */
export function failureOf(error: unknown): Undelivered {
  if (error instanceof Undelivered) {
    return error;
  }
  console.error(error);
  return new Unreachable(String(error));
}

/** Whether the server can be reached, and when to try again what did not get through. */
export class Connection {
  /** Why the last call did not get through, if it did not. */
  failing: Undelivered | undefined;
  private timer: number | undefined;

  reached(): void {
    this.failing = undefined;
  }

  failed(error: unknown): void {
    // a refusal is an answer, if not the one that was hoped for
    this.failing = error instanceof Refused ? undefined : failureOf(error);
  }

  /** Tries again after a while; the latest wish holds. */
  again(work: () => unknown, milliseconds: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(work, milliseconds);
  }
}
