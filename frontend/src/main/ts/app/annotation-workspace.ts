import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from "lit";
import { keyed } from "lit/directives/keyed.js";
import type { OwnLabel } from "../contract/label.js";
import { Session } from "../session/session.js";
import { goldFeedback } from "../training/gold-feedback.js";
import { trainingPage } from "../training/training-page.js";
import { Actions } from "./actions.js";
import { Announcer } from "./announcer.js";
import { listenForCommands } from "./commands.js";
import { dialog } from "./dialogs.js";
import { EvidenceDisplay } from "./evidence-display.js";
import type { Said } from "./footer.js";
import { giveBackFocus } from "./give-back-focus.js";
import { guideDrawer } from "./guide-drawer.js";
import { Keyboard } from "./keyboard.js";
import { type Manner, mannerOf } from "./manner.js";
import "./my-work.js";
import type { MyWork } from "./my-work.js";
import { pairDesk } from "./pair-desk.js";
import { Panels } from "./panels.js";
import { pauseDue, pauseReminder } from "./pause.js";
import { Presence } from "./presence.js";
import { sessionLine } from "./session-line.js";
import { Stage } from "./stage.js";
import { setTheme } from "./theme.js";
import { topStrip } from "./top-strip.js";
import { vacancy } from "./vacancy.js";
import { Viewing } from "./viewing.js";
import instructionStyles from "./instruction.css";
import workStyles from "./my-work.css";
import lineStyles from "./session-line.css";
import narrowStyles from "./narrow.css";
import styles from "./workspace.css";
import trainingStyles from "../training/training.css";

/** The parts of the page, made with the first look at it: only then the campaign is known. */
interface Parts {
  readonly session: Session;
  readonly view: Viewing;
  readonly panels: Panels;
  readonly announcer: Announcer;
  readonly evidence: EvidenceDisplay;
  readonly actions: Actions;
  readonly presence: Presence;
}

/** The whole workspace. Attributes: `campaign` (id) and `language`; everything else comes from the server. */
export class AnnotationWorkspace extends LitElement {
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

  private readonly stage = new Stage(this);
  private readonly keyboard = new Keyboard();
  private parts: Parts | undefined;
  private manner: Manner | undefined;
  private clock: number | undefined;
  private unlisten: (() => void) | undefined;
  /** What was on the screen last: a pair, or a page of the training. */
  private shown = "";

  constructor() {
    super();
    this.campaign = "";
    this.language = "";
  }

  // ---- life

  override connectedCallback(): void {
    super.connectedCallback();
    const { actions, presence } = (this.parts ??= this.begin());
    this.unlisten = listenForCommands(actions);
    // before the button acts: a dialog that it opens gives the focus back to what had it
    this.addEventListener("click", giveBackFocus, true);
    presence.watch();
    this.clock = window.setInterval(() => this.tick(), 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unlisten?.();
    this.removeEventListener("click", giveBackFocus, true);
    this.parts?.presence.unwatch();
    window.clearInterval(this.clock);
  }

  private begin(): Parts {
    const { stage } = this;
    const session = new Session(this.campaign, this.language);
    const manner = () => (this.manner ??= mannerOf(this.language, this.keyboard.layout, session.profile));
    const view = new Viewing(stage, session.attention);
    const panels = new Panels(stage);
    const announcer = new Announcer(stage, manner);
    const evidence = new EvidenceDisplay(session, stage, announcer, manner);
    const actions = new Actions(session, stage, view, panels, evidence, announcer, manner, (event) => this.heard(event));
    const { state } = session;
    state.on("change", () => this.sessionChanged());
    state.on("notice", (notice) => announcer.say(notice));
    state.on("resumed", () => view.failed && view.retry());
    void session.start();
    void this.keyboard.ask().then(() => this.sessionChanged());
    return { session, view, panels, announcer, evidence, actions, presence: new Presence(session) };
  }

  private tick(): void {
    const { session } = this.parts!;
    session.tick();
    this.reminder = pauseDue(session, performance.now());
    this.now = Date.now();
  }

  private heard(event: KeyboardEvent): void {
    if (this.keyboard.learn(event)) {
      this.sessionChanged();
    }
  }

  private sessionChanged(): void {
    if (!this.parts) {
      return;
    }
    const { session, announcer, view, evidence } = this.parts;
    const { state, profile } = session;
    this.manner = mannerOf(this.language, this.keyboard.layout, profile);
    this.language = this.manner.language;
    const { theme } = profile.preferences;
    if (theme === "light" || theme === "dark") {
      setTheme(theme);
    }
    const current = state.current?.draft.id ?? state.training?.place ?? "";
    if (current !== this.shown) {
      this.shown = current;
      announcer.hush();
      view.begin();
      evidence.begin();
      if (state.phase === "training") {
        void this.updateComplete.then(() => this.stage.find(".training h1")?.focus());
      }
      void this.stage.find<MyWork>("my-work")?.load();
    }
    this.requestUpdate();
  }

  protected override updated(_changed: PropertyValues): void {
    this.lang = this.language;
    const open = this.stage.find<HTMLDialogElement>("dialog");
    if (open && !open.open) {
      open.showModal();
    }
  }

  // ---- the page

  protected override render(): TemplateResult {
    const { parts, manner } = this;
    if (!parts || !manner) {
      return html``;
    }
    const { session, panels, actions } = parts;
    const { state } = session;
    const { t, order } = manner;
    const working = state.phase === "working" && !state.current?.lost;
    // what one account did is nobody else's to see
    const strange = state.phase === "other-account";
    const drawer = strange ? undefined : panels.drawer;
    const classes = `page ${working ? "" : "vacant"} ${drawer ? "paneled" : ""}`;
    // a page translator replaces the texts of a page that changes with every key: they would stay as they were, or break it
    return html`${sessionLine(state, manner, () => actions.submit())}
    <div class=${classes} data-order=${order} translate="no">
      <button class="skip-link" @click=${() => this.stage.find("#answers")?.focus()}>${t("skip_link")}</button>
      ${topStrip(session, panels, manner, actions)}
      ${working ? this.pair(parts, manner) : html`<main class="stage">${this.vacant(parts, manner)}</main>`}
      ${drawer && state.terms ? this.drawer(drawer, parts, manner) : nothing}
      <div class="unseen" id="spoken" aria-live="assertive"></div>
      ${strange ? nothing : dialog(session, this.stage, { panels, manner, actions })}
    </div>`;
  }

  private pair({ session, view, evidence, announcer, actions }: Parts, manner: Manner): TemplateResult {
    const said: Said = { notice: announcer.notice, reminder: this.pauseReminder(manner) };
    return html`${pairDesk(session, view, evidence, said, manner, actions)}${goldFeedback(session.state, manner, () => session.judging.understood())}`;
  }

  private vacant({ session, view, actions }: Parts, manner: Manner): TemplateResult | undefined {
    const { phase, training } = session.state;
    return phase === "training" && training
      ? trainingPage(training, session, view, manner, actions)
      : vacancy(session, manner, actions);
  }

  private drawer(which: "guideline" | "my_work", { session, actions }: Parts, manner: Manner): unknown {
    const { state, judging } = session;
    const close = () => actions.toggle(which);
    return which === "guideline"
      ? keyed(state.terms!.digest, guideDrawer(state, manner, close))
      : html`<my-work
          .session=${session}
          .language=${manner.language}
          @close=${close}
          @edit=${(event: CustomEvent<{ label: OwnLabel }>) => judging.edit(event.detail.label)}
        ></my-work>`;
  }

  private pauseReminder(manner: Manner): TemplateResult | undefined {
    const { session, panels } = this.parts!;
    const rest = () => {
      session.rest();
      this.reminder = undefined;
      panels.open("pause");
    };
    const later = () => {
      session.pauses.later(performance.now());
      this.reminder = undefined;
    };
    return this.reminder ? pauseReminder(this.reminder, manner, rest, later) : undefined;
  }
}

customElements.define("annotation-workspace", AnnotationWorkspace);
