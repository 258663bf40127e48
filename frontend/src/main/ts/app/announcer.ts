import type { Notice } from "../session/notice.js";
import type { Manner } from "./manner.js";
import { noticeText } from "./notices.js";
import type { Stage } from "./stage.js";

/** A notice stays this long, in milliseconds. */
const NOTICE = 6000;

/** Says things once: a line on the page for some seconds, and the same to a screen reader. */
export class Announcer {
  notice: Notice | undefined;
  private spoken: HTMLElement | null = null;
  private timer: number | undefined;

  constructor(
    private readonly stage: Stage,
    private readonly manner: () => Manner,
  ) {}

  say(notice: Notice): void {
    this.show(notice);
    this.speak(noticeText(notice, this.manner()));
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.clear(), NOTICE);
  }

  clear(): void {
    this.show(undefined);
    this.hush();
  }

  /** What was said is about something that is no longer on the screen. */
  hush(): void {
    this.speak("");
  }

  speak(text: string): void {
    this.spoken ??= this.stage.find("#spoken");
    if (this.spoken) {
      this.spoken.textContent = text;
    }
  }

  private show(notice: Notice | undefined): void {
    this.notice = notice;
    this.stage.redraw();
  }
}
