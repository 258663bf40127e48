import type { Notice } from "../session/notice.js";
import { noticeText } from "./notices.js";
import type { Translate } from "../i18n/translate.js";

/** A notice stays this long, in milliseconds. */
const NOTICE = 6000;

/** What the announcer needs from the page around it. */
export interface AnnouncerOwner {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly t: Translate;
  readonly language: string;
  requestUpdate(): void;
}

/** Says things once: a line on the page for some seconds, and the same to a screen reader. */
export class Announcer {
  notice: Notice | undefined;
  private spoken: HTMLElement | null = null;
  private timer: number | undefined;

  constructor(private readonly owner: AnnouncerOwner) {}

  say(notice: Notice): void {
    this.show(notice);
    this.speak(noticeText(notice, this.owner.t, this.owner.language));
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
    this.spoken ??= this.owner.renderRoot.querySelector("#spoken");
    if (this.spoken) {
      this.spoken.textContent = text;
    }
  }

  private show(notice: Notice | undefined): void {
    this.notice = notice;
    this.owner.requestUpdate();
  }
}
