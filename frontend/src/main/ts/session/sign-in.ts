import type { Api } from "./api.js";
import { named } from "./base.js";

/** While the page's account is not signed in, looks for it this often, in milliseconds. */
const LOOK_AGAIN = 5000;

/**
 * Notices who is signed in here: when the page comes back to the front, when another tab says that it changed, and, while
 * nobody or another account is, again and again. What came out is the interface's `closed`.
 */
export class SignIn {
  private readonly channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(named("diptych-session"));
  private looking = false;
  private watching = false;
  private timer: number | undefined;

  constructor(
    private readonly api: Api,
    private readonly changed: () => void,
  ) {
    api.doorChanged = () => {
      this.say();
      this.lookAgain();
      this.changed();
    };
  }

  watch(): void {
    if (!this.watching) {
      this.watching = true;
      const look = () => void this.look();
      document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
      ["focus", "pageshow", "online"].forEach((event) => window.addEventListener(event, look));
      this.channel?.addEventListener("message", look);
      this.say();
    }
  }

  /** Asks who is signed in. Without an answer nothing is known, and nothing changes. */
  async look(): Promise<void> {
    if (this.looking) {
      return;
    }
    this.looking = true;
    try {
      await this.api.session();
    } catch {
      // the door has heard what there is to hear
    } finally {
      this.looking = false;
      this.lookAgain();
    }
  }

  private lookAgain(): void {
    window.clearTimeout(this.timer);
    if (this.api.closed) {
      const look = () => (document.visibilityState === "visible" ? void this.look() : this.lookAgain());
      this.timer = window.setTimeout(look, LOOK_AGAIN);
    }
  }

  /** Other tabs have reason to look themselves. */
  private say(): void {
    this.channel?.postMessage(null);
  }
}
