import type { Session } from "../session/session.js";

const INPUTS = ["pointermove", "pointerdown", "keydown", "wheel"] as const;

/** Tells the session when somebody is there and when they leave; what they type is of no interest. */
export class Presence {
  constructor(private readonly session: Session) {}

  watch(): void {
    INPUTS.forEach((type) => window.addEventListener(type, this.input, { passive: true }));
    window.addEventListener("focus", this.input);
    window.addEventListener("blur", this.away);
    window.addEventListener("pagehide", this.away);
    window.addEventListener("beforeunload", this.unloading);
    document.addEventListener("visibilitychange", this.visibility);
  }

  unwatch(): void {
    INPUTS.forEach((type) => window.removeEventListener(type, this.input));
    window.removeEventListener("focus", this.input);
    window.removeEventListener("blur", this.away);
    window.removeEventListener("pagehide", this.away);
    window.removeEventListener("beforeunload", this.unloading);
    document.removeEventListener("visibilitychange", this.visibility);
  }

  private readonly input = () => this.session.input();

  private readonly away = () => {
    this.session.attention.pause();
    this.session.judging.keep();
  };

  private readonly visibility = () => {
    if (document.visibilityState === "hidden") {
      this.away();
    } else {
      this.session.tick();
    }
  };

  /** Asks before leaving only while something has not reached the server, and nobody but its owner may know of that. */
  private readonly unloading = (event: BeforeUnloadEvent) => {
    const { outgoing, unsafe, phase } = this.session.state;
    if ((outgoing.waiting > 0 || unsafe) && phase !== "other-account") {
      event.preventDefault();
    }
  };
}
