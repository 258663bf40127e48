import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { languageOf, type Translate, translator } from "../i18n/translate.js";
import type { OwnLabel } from "../session/contract.js";
import type { Notice } from "../session/notice.js";
import { Session } from "../session/session.js";
import type { PairViewer } from "../viewer/pair-viewer.js";
import type { ViewerWords } from "../viewer/viewer-words.js";
import { Announcer } from "./announcer.js";
import { Answering } from "./answering.js";
import { type CommandTarget, listenForCommands } from "./commands.js";
import { dialog } from "./dialogs.js";
import { EvidenceDisplay } from "./evidence-display.js";
import { guideDrawer } from "./guide-drawer.js";
import type { InstructionText } from "./instruction-text.js";
import { type Command, KeyMap } from "./key-map.js";
import { Keyboard } from "./keyboard.js";
import "./my-work.js";
import type { MyWork } from "./my-work.js";
import { pairDesk, viewerWords } from "./pair-desk.js";
import { Panels } from "./panels.js";
import { pauseDue } from "./pause.js";
import { Presence } from "./presence.js";
import { currentTheme, setTheme } from "./theme.js";
import { goldFeedback } from "../training/gold-feedback.js";
import { sessionLine } from "./session-line.js";
import { topStrip } from "./top-strip.js";
import { vacancy } from "./vacancy.js";
import { Viewing } from "./viewing.js";
import instructionStyles from "./instruction.css";
import workStyles from "./my-work.css";
import lineStyles from "./session-line.css";
import narrowStyles from "./narrow.css";
import styles from "./workspace.css";
import trainingStyles from "../training/training.css";

/**
 * A button that was clicked or tapped gives the focus back to the answers, so that the next Enter submits instead of pressing
 * it again. One that was pressed by keyboard keeps it.
 */
function giveBackFocus(event: MouseEvent): void {
  const pressed = event.composedPath().find((each) => each instanceof HTMLElement && each.matches("button, a")) as HTMLElement | undefined;
  if (event.detail > 0 && pressed && !pressed.matches(".answer") && !pressed.closest("dialog")) {
    pressed.blur();
  }
}

/** What the qualification set does not know. */
const PASTIMES = new Set<Command>(["skip", "flag", "comment", "evidence"]);

/** The whole workspace. Attributes: `campaign` (id) and `language`; everything else comes from the server. */
export class AnnotationWorkspace extends LitElement implements CommandTarget {
  static override styles = [
    unsafeCSS(styles),
    unsafeCSS(lineStyles),
    unsafeCSS(instructionStyles),
    unsafeCSS(workStyles),
    unsafeCSS(trainingStyles),
    unsafeCSS(narrowStyles),
  ];
  static override properties = {
    campaign: {},
    language: {},
    reminder: { state: true },
    now: { state: true },
  };
  declare campaign: string;
  declare language: string;
  /** Minutes worked at a stretch, when a pause is due. */
  declare reminder: number | undefined;
  declare now: number;

  session!: Session;
  t: Translate = translator("en");
  keys = new KeyMap();
  words: ViewerWords = viewerWords(this.t);
  readonly view = new Viewing(this);
  readonly answering = new Answering(this);
  readonly announcer = new Announcer(this);
  readonly panels = new Panels(this);
  readonly evidence = new EvidenceDisplay(this);
  private readonly keyboard = new Keyboard();
  private clock: number | undefined;
  private unlisten: (() => void) | undefined;
  private readonly presence = new Presence(() => this.session);
  private shown = "";

  constructor() {
    super();
    this.campaign = "";
    this.language = "";
  }

  // ---- life

  override connectedCallback(): void {
    super.connectedCallback();
    this.session ??= this.begin();
    this.unlisten = listenForCommands(this);
    // before the button acts: a dialog that it opens gives the focus back to what had it
    this.addEventListener("click", giveBackFocus, true);
    this.presence.watch();
    this.clock = window.setInterval(() => this.tick(), 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unlisten?.();
    this.removeEventListener("click", giveBackFocus, true);
    this.presence.unwatch();
    window.clearInterval(this.clock);
  }

  private begin(): Session {
    const session = new Session(this.campaign, this.language);
    session.addEventListener("change", () => this.sessionChanged());
    session.addEventListener("notice", (event) => this.announcer.say((event as CustomEvent<Notice>).detail));
    session.addEventListener("resumed", () => this.view.failed && this.view.retry());
    void session.start();
    void this.keyboard.ask().then(() => this.sessionChanged());
    return session;
  }

  private tick(): void {
    this.session.tick();
    this.reminder = pauseDue(this.session, performance.now());
    this.now = Date.now();
  }

  private sessionChanged(): void {
    const { session } = this;
    const { preferences, owner } = session.profile;
    this.language = languageOf(this.language || owner?.language || navigator.language);
    this.t = translator(this.language);
    this.keys = new KeyMap(preferences.keys, this.keyboard.layout, this.singleKeys);
    this.words = viewerWords(this.t);
    const { theme } = preferences;
    if (theme === "light" || theme === "dark") {
      setTheme(theme);
    }
    const current = session.current?.draft.id ?? session.training?.place ?? "";
    if (current !== this.shown) {
      this.shown = current;
      this.announcer.hush();
      this.view.begin();
      this.evidence.begin();
      if (session.phase === "training") {
        void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".training h1")?.focus());
      }
      this.renderRoot.querySelector<MyWork>("my-work")?.load();
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
    // what one account did is nobody else's to see
    const strange = this.session.phase === "other-account";
    const drawer = strange ? undefined : this.panels.drawer;
    const classes = `page ${vacant ? "vacant" : ""} ${drawer ? "paneled" : ""}`;
    // a page translator replaces the texts of a page that changes with every key: they would stay as they were, or break it
    return html`${sessionLine(this)}
    <div class=${classes} data-order=${this.order} translate="no">
      <button class="skip-link" @click=${() => this.renderRoot.querySelector<HTMLElement>("#answers")?.focus()}>
        ${this.t("skip_link")}
      </button>
      ${topStrip(this)} ${vacant ? html`<main class="stage">${vacant}</main>` : html`${pairDesk(this)}${goldFeedback(this)}`}
      ${drawer === "guideline" && this.session.terms ? keyed(this.session.terms.digest, guideDrawer(this)) : nothing}
      ${drawer === "my_work" && this.session.terms
        ? html`<my-work
            .session=${this.session}
            .language=${this.language}
            @close=${() => this.toggle("my_work")}
            @edit=${(event: CustomEvent<{ label: OwnLabel }>) => this.session.judging.edit(event.detail.label)}
          ></my-work>`
        : nothing}
      <div class="unseen" id="spoken" aria-live="assertive"></div>
      ${strange ? nothing : dialog(this)}
    </div>`;
  }

  get focused(): HTMLElement | null {
    return this.shadowRoot?.activeElement as HTMLElement | null;
  }

  get viewer(): PairViewer | null {
    return this.renderRoot.querySelector<PairViewer>("pair-viewer");
  }

  private get instruction(): InstructionText | null {
    return this.renderRoot.querySelector<InstructionText>("instruction-text");
  }

  get order(): "middle" | "left" {
    return this.session.profile.preferences.sourcePosition === "left" ? "left" : "middle";
  }

  /** There is a pair that can be answered. */
  get judging(): boolean {
    return this.session.phase === "working" && !this.session.current?.lost;
  }

  /** There are pictures to look at: those of a pair, or of an example. */
  get viewing(): boolean {
    return this.judging || (this.session.phase === "training" && this.session.training?.pictures !== undefined);
  }

  // ---- what keys and buttons do

  get singleKeys(): boolean {
    return this.session.profile.preferences.singleKeys !== false;
  }

  get busy(): boolean {
    // what changed in the protocol has keys of its own, as a dialog has
    return this.panels.dialog !== undefined || this.session.phase === "reading";
  }

  perform(command: Command): void {
    const answer = KeyMap.answer(command);
    const inTraining = this.session.training !== undefined;
    if (command === "guideline" || command === "my_work") {
      this.toggle(command);
    } else if (answer !== undefined && (this.judging || inTraining)) {
      this.answering.byKey(answer);
    } else if (!this.viewing || (inTraining && PASTIMES.has(command))) {
      return;
    } else if (command === "skip" || command === "flag") {
      this.panels.open(command);
    } else if (command === "instruction") {
      this.instruction?.toggle();
    } else if (command === "comment") {
      this.renderRoot.querySelector<HTMLInputElement>("#comment")?.focus();
    } else if (command === "evidence") {
      this.evidence.toggle();
    } else {
      this.view.perform(command);
    }
  }

  hold(held: boolean): void {
    this.view.hold(held && this.viewing);
  }

  moveCell(step: 1 | -1): boolean {
    return this.answering.move(step);
  }

  turnInstruction(step: 1 | -1): boolean {
    return this.instruction?.turn(step) ?? false;
  }

  heard(event: KeyboardEvent): void {
    if (this.keyboard.learn(event)) {
      this.sessionChanged();
    }
  }

  submit(): void {
    this.answering.submit();
  }

  undo(): void {
    this.answering.undo();
  }

  toggle(drawer: "guideline" | "my_work"): void {
    this.panels.toggle(drawer);
    if (this.panels.drawer === "guideline") {
      this.session.attention.used("guideline");
    }
  }

  escape(): void {
    if (this.session.told) {
      this.session.understood();
      return;
    }
    this.panels.closeDrawer();
  }

  showKeys(): void {
    if (this.session.terms) {
      this.panels.open("keys");
    }
  }

  switchTheme(): void {
    const theme = currentTheme() === "dark" ? "light" : "dark";
    setTheme(theme);
    this.session.profile.prefer({ theme });
  }
}

customElements.define("annotation-workspace", AnnotationWorkspace);
