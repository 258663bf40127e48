import { Refused } from "./api.js";
import type { OutboxState } from "../outbox/outbox.js";

/** Whether the server can be reached, and when to try again what did not get through. */
export class Connection {
  /** Why the last call did not get through, if it did not. */
  failing: "offline" | "signed-out" | undefined;
  private timer: number | undefined;

  reached(): void {
    this.failing = undefined;
  }

  failed(error: unknown): void {
    this.failing = error instanceof Refused && error.status === 401 ? "signed-out" : "offline";
  }

  /** What the page says of it, with the outbox's own experience. */
  state(outbox: OutboxState | undefined): "saved" | "saving" | "offline" | "signed-out" {
    if (outbox === "signed-out" || outbox === "offline") {
      return outbox;
    }
    return this.failing ?? (outbox === "sending" ? "saving" : "saved");
  }

  /** Tries again after a while; the latest wish holds. */
  again(work: () => unknown, milliseconds: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(work, milliseconds);
  }
}
