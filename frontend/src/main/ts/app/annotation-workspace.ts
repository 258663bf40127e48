import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from "lit";
import { valuesOf } from "../answer/answers.js";
import { localized } from "../answer/protocol.js";
import { languageOf, type Translate, translator } from "../i18n/translate.js";
import type { OwnLabel } from "../session/contract.js";
import type { Notice } from "../session/notice.js";
import { Session } from "../session/session.js";
import type { PairViewer, ViewState } from "../viewer/pair-viewer.js";
import type { Comparison, Mode } from "../viewer/scene.js";
import type { ViewerWords } from "../viewer/viewer-words.js";
import { type CommandTarget, listenForCommands } from "./commands.js";
import { dialog, type DialogName } from "./dialogs.js";
import { guideDrawer } from "./guide-drawer.js";
import { type Command, keyboardLayout, KeyMap } from "./key-map.js";
import "./my-work.js";
import type { MyWork } from "./my-work.js";
import { noticeText } from "./notices.js";
import { pairDesk, viewerWords } from "./pair-desk.js";
import { Presence } from "./presence.js";
import { currentTheme, setTheme } from "./theme.js";
import styles from "./workspace.css";
import { MODES } from "./tool-bar.js";
import { topStrip } from "./top-strip.js";
import { vacancy } from "./vacancy.js";

/** A notice stays this long, in milliseconds. */
const NOTICE = 6000;

/** After this much active time at a stretch a pause is suggested, in minutes. */
const STRETCH = 50;

/** The whole workspace. Attributes: `campaign` (id) and `language`; everything else comes from the server. */
export class AnnotationWorkspace extends LitElement implements CommandTarget {
  static override styles = unsafeCSS(styles);
  static override properties = {
    campaign: {},
    language: {},
    mode: { state: true },
    pair: { state: true },
    lens: { state: true },
    held: { state: true },
    threshold: { state: true },
    swipe: { state: true },
    panel: { state: true },
    dialog: { state: true },
    notice: { state: true },
    look: { state: true },
    failed: { state: true },
    remapping: { state: true },
    reminder: { state: true },
    now: { state: true },
  };
  declare campaign: string;
  declare language: string;
  declare mode: Mode;
  declare pair: Comparison;
  declare lens: boolean;
  declare held: boolean;
  declare threshold: number;
  declare swipe: number;
  declare panel: "guideline" | "my_work" | undefined;
  declare dialog: DialogName | undefined;
  declare notice: Notice | undefined;
  declare look: ViewState;
  /** A picture of the current pair did not load. */
  declare failed: boolean;
  declare remapping: { command: Command; problem?: string } | undefined;
  /** Minutes worked at a stretch, when a pause is due. */
  declare reminder: number | undefined;
  declare now: number;

  session!: Session;
  t: Translate = translator("en");
  keys = new KeyMap();
  words: ViewerWords = viewerWords(this.t);
  private layout: ReadonlyMap<string, string> | undefined;
  private spoken: HTMLElement | null = null;
  private noticeTimer: number | undefined;
  private clock: number | undefined;
  private unlisten: (() => void) | undefined;
  private readonly presence = new Presence(() => this.session);
  private shown = "";

  constructor() {
    super();
    this.campaign = "";
    this.language = "";
    this.mode = "side-by-side";
    this.pair = "each";
    this.lens = false;
    this.held = false;
    this.threshold = 6;
    this.swipe = 0.5;
    this.look = { percent: 100, zoom: 1, fitted: true };
    this.failed = false;
  }

  // ---- life

  override connectedCallback(): void {
    super.connectedCallback();
    this.session ??= this.begin();
    this.unlisten = listenForCommands(this);
    this.presence.watch();
    this.clock = window.setInterval(() => this.tick(), 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unlisten?.();
    this.presence.unwatch();
    window.clearInterval(this.clock);
  }

  private begin(): Session {
    const session = new Session(this.campaign);
    session.addEventListener("change", () => this.sessionChanged());
    session.addEventListener("notice", (event) => this.say((event as CustomEvent<Notice>).detail));
    void session.start();
    void keyboardLayout().then((layout) => {
      this.layout = layout;
      this.sessionChanged();
    });
    return session;
  }

  private tick(): void {
    this.session.tick();
    const minutes = Math.floor(this.session.tally.stretch(performance.now()) / 60_000);
    this.reminder = minutes >= STRETCH ? minutes : undefined;
    this.now = Date.now();
  }

  private sessionChanged(): void {
    const { session } = this;
    this.language = languageOf(this.language || session.owner?.language || navigator.language);
    this.t = translator(this.language);
    this.keys = new KeyMap(session.preferences.keys, this.layout);
    this.words = viewerWords(this.t);
    const { theme } = session.preferences;
    if (theme === "light" || theme === "dark") {
      setTheme(theme);
    }
    const current = session.current?.draft.id ?? "";
    if (current !== this.shown) {
      this.shown = current;
      this.failed = false;
      this.held = false;
      this.renderRoot.querySelector<MyWork>("my-work")?.load();
    }
    if (session.phase === "working" && session.terms?.unread(session.preferences)) {
      this.dialog = "protocol";
    }
    this.requestUpdate();
  }

  protected override updated(_changed: PropertyValues): void {
    this.lang = this.language;
    const open = this.renderRoot.querySelector("dialog");
    if (open && !open.open) {
      open.showModal();
    }
  }

  // ---- the page

  protected override render(): TemplateResult {
    if (!this.session || !this.language) {
      return html``;
    }
    const vacant = vacancy(this);
    const classes = `page ${vacant ? "vacant" : ""} ${this.panel ? "paneled" : ""}`;
    return html`<div class=${classes} data-order=${this.order}>
      <button class="skip-link" @click=${() => this.renderRoot.querySelector<HTMLElement>("#answers")?.focus()}>
        ${this.t("skip_link")}
      </button>
      ${topStrip(this)} ${vacant ? html`<main class="stage">${vacant}</main>` : pairDesk(this)}
      ${this.panel === "guideline" && this.session.terms ? guideDrawer(this) : nothing}
      ${this.panel === "my_work" && this.session.terms
        ? html`<my-work
            .session=${this.session}
            .language=${this.language}
            @close=${() => this.toggle("my_work")}
            @edit=${(event: CustomEvent<{ label: OwnLabel }>) => this.session.edit(event.detail.label)}
          ></my-work>`
        : nothing}
      <div class="unseen" id="spoken" aria-live="assertive"></div>
      ${dialog(this)}
    </div>`;
  }

  private get focused(): HTMLElement | null {
    return this.shadowRoot?.activeElement as HTMLElement | null;
  }

  private get viewer(): PairViewer | null {
    return this.renderRoot.querySelector<PairViewer>("pair-viewer");
  }

  // ---- what keys and buttons do

  get order(): "middle" | "left" {
    return this.session.preferences.sourcePosition === "left" ? "left" : "middle";
  }

  get singleKeys(): boolean {
    return this.session.preferences.singleKeys !== false;
  }

  get busy(): boolean {
    return this.dialog !== undefined;
  }

  private get judging(): boolean {
    return this.session.phase === "working" && !this.session.current?.lost;
  }

  perform(command: Command): void {
    const mode = MODES.find((known) => known.command === command)?.mode;
    const answer = KeyMap.answer(command);
    if (command === "guideline" || command === "my_work") {
      this.toggle(command);
    } else if (!this.judging) {
      return;
    } else if (mode) {
      this.mode = mode;
    } else if (answer !== undefined) {
      this.answerByKey(answer);
    } else {
      this.actions[command]?.();
    }
  }

  private readonly actions: Partial<Record<Command, () => void>> = {
    skip: () => (this.dialog = "skip"),
    flag: () => (this.dialog = "flag"),
    comment: () => this.renderRoot.querySelector<HTMLInputElement>("#comment")?.focus(),
    magnifier: () => {
      this.lens = !this.lens;
      this.session.attention.used("magnifier");
    },
    compare: () => this.compare(this.pair === "each" || this.mode === "side-by-side" || this.mode === "difference" ? "edits" : "each"),
    fit: () => this.viewer?.fit(),
    one: () => this.viewer?.pixels(1),
    two: () => this.viewer?.pixels(2),
    zoom_in: () => this.viewer?.zoomBy(1.25),
    zoom_out: () => this.viewer?.zoomBy(0.8),
    lower: () => this.nudge(-1),
    raise: () => this.nudge(1),
  };

  private nudge(step: 1 | -1): void {
    if (this.mode === "difference") {
      this.setThreshold(this.threshold + step);
    } else if (this.mode === "swipe") {
      this.swipe = Math.min(0.98, Math.max(0.02, this.swipe + step * 0.03));
    }
  }

  compare(pair: Comparison): void {
    this.pair = pair;
    if (this.mode === "side-by-side" || this.mode === "difference") {
      this.mode = "swipe";
    }
  }

  setThreshold(value: number): void {
    this.threshold = Math.min(40, Math.max(1, value));
  }

  hold(held: boolean): void {
    if (held && !this.held && this.judging) {
      this.session.attention.flip();
    }
    this.held = held && this.judging;
  }

  private answerByKey(n: number): void {
    const { current, cells, protocol } = this.session;
    const cell = current && cells[current.cursor];
    const value = cell && valuesOf(protocol, cell)[n - 1];
    if (cell && value !== undefined) {
      this.answer(current.cursor, value);
    }
  }

  answer(index: number, value: number | string): void {
    if (this.failed) {
      return;
    }
    const focused = this.focused?.matches("[role=radio]:focus-visible") ?? false;
    this.notice = undefined;
    this.session.answer(index, value);
    const { cursor, draft } = this.session.current!;
    const next = this.session.cells[cursor]!;
    if (draft.answers[next.key] === undefined) {
      this.speak(this.t("next_cell", { dimension: localized(next.dimension.title, this.language) }));
    } else {
      this.speak(this.t("all_answered"));
    }
    if (focused) {
      void this.focusCell();
    }
  }

  moveCell(step: 1 | -1): boolean {
    const { current, cells } = this.session;
    const to = (current?.cursor ?? 0) + step;
    if (!this.judging || to < 0 || to >= cells.length) {
      return false;
    }
    this.session.point(to);
    void this.focusCell();
    return true;
  }

  private async focusCell(): Promise<void> {
    await this.updateComplete;
    const key = this.session.cells[this.session.current?.cursor ?? 0]?.key;
    const row = [...this.renderRoot.querySelectorAll<LitElement>("answer-scale, rating-row")];
    await Promise.all(row.map((element) => element.updateComplete));
    this.renderRoot.querySelector<HTMLElement>(`.answer[data-cell="${key}"][tabindex="0"]`)?.focus();
  }

  submit(): void {
    if (this.judging && !this.failed && this.session.submit()) {
      this.focused?.blur();
    }
  }

  skip(reason: string, note: string): void {
    if (reason) {
      this.session.skip(reason, note);
    }
  }

  undo(): void {
    this.session.undo();
  }

  toggle(panel: "guideline" | "my_work"): void {
    this.panel = this.panel === panel ? undefined : panel;
    if (this.panel === "guideline") {
      this.session.attention.used("guideline");
    }
    if (this.panel) {
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".drawer header button")?.focus({ preventScroll: true }));
    }
  }

  escape(): void {
    this.panel = undefined;
  }

  showKeys(): void {
    if (this.session.terms) {
      this.dialog = "keys";
    }
  }

  closeDialog(): void {
    this.renderRoot.querySelector("dialog")?.close();
    this.dialog = undefined;
    this.remapping = undefined;
  }

  remap(command: Command | undefined, problem?: string): void {
    this.remapping = command && { command, ...(problem ? { problem } : {}) };
  }

  confirmProtocol(): void {
    const { terms, preferences } = this.session;
    if (terms) {
      this.session.prefer(terms.read(preferences));
    }
  }

  switchTheme(): void {
    const theme = currentTheme() === "dark" ? "light" : "dark";
    setTheme(theme);
    this.session.prefer({ theme });
  }

  /** Tries the pictures again. */
  retry(): void {
    this.failed = false;
    this.viewer?.retry();
  }

  // ---- what is said

  private say(notice: Notice): void {
    this.notice = notice;
    this.speak(noticeText(notice, this.t, this.language));
    window.clearTimeout(this.noticeTimer);
    this.noticeTimer = window.setTimeout(() => (this.notice = undefined), NOTICE);
  }

  private speak(text: string): void {
    this.spoken ??= this.renderRoot.querySelector("#spoken");
    if (this.spoken) {
      this.spoken.textContent = text;
    }
  }
}

customElements.define("annotation-workspace", AnnotationWorkspace);
