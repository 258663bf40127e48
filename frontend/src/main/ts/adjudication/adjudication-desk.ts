import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { cellKey } from "../answer/answers.js";
import { type Dimension, localized, type Side } from "../answer/protocol.js";
import "../answer/answer-scale.js";
import "../answer/rating-row.js";
import { icon } from "../app/icons.js";
import { asks, composing, digitOf, modified, placeOf } from "../app/keystroke.js";
import { written } from "../app/written.js";
import type { WaitingPair } from "../contract/adjudication.js";
import { type Translate, translator } from "../i18n/translate.js";
import { addressOf } from "../session/picture-address.js";
import "../viewer/pair-viewer.js";
import type { Mode } from "../viewer/scene.js";
import workspaceStyles from "../app/workspace.css";
import { answerChip } from "./answer-words.js";
import { Docket } from "./docket.js";
import styles from "./desk.css";

const MODES: Readonly<Record<string, Mode>> = {
  KeyQ: "side-by-side",
  KeyW: "swipe",
  KeyE: "blink",
  KeyR: "difference",
};

/**
 * The page on which disputed pairs are decided, all of it by keys: digits answer, Enter decides, J and K go through the list.
 * Attributes: `campaign` (id), `language`, `pair` (the one to open first).
 */
export class AdjudicationDesk extends LitElement {
  static override styles = [unsafeCSS(workspaceStyles), unsafeCSS(styles)];
  static override properties = { campaign: {}, language: {}, pair: {}, mode: { state: true } };
  declare campaign: string;
  declare language: string;
  declare pair: string;
  declare mode: Mode;
  private docket!: Docket;
  private readonly heard = (event: KeyboardEvent): void => this.key(event);

  constructor() {
    super();
    this.campaign = "";
    this.language = "en";
    this.pair = "";
    this.mode = "side-by-side";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.docket = new Docket(this.campaign, () => this.requestUpdate());
    void this.docket.start(this.pair);
    window.addEventListener("keydown", this.heard);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("keydown", this.heard);
  }

  private get t(): Translate {
    return translator(this.language);
  }

  // ---- keys

  private key(event: KeyboardEvent): void {
    const target = event.composedPath()[0];
    const element = target instanceof HTMLElement ? target : undefined;
    if (event.defaultPrevented || composing(event) || element?.closest("vaadin-dialog, dialog")) {
      return;
    }
    if (element?.matches("input:not([type=checkbox]), textarea, select, [contenteditable]")) {
      if (event.key === "Escape" && element.matches("#reason")) {
        element.blur();
      } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && element.matches("#reason")) {
        event.preventDefault();
        void this.docket.decide();
      }
      return;
    }
    if (modified(event) || !this.perform(event, element)) {
      return;
    }
    event.preventDefault();
  }

  /** Whether the key means something here. */
  private perform(event: KeyboardEvent, element: HTMLElement | undefined): boolean {
    const { docket } = this;
    const digit = digitOf(event.key);
    if (digit !== undefined) {
      return docket.open !== undefined && docket.digit(digit);
    }
    const place = placeOf(event);
    const mode = MODES[place];
    if (mode) {
      this.mode = mode;
      return true;
    }
    // a button that has the focus, and arrows in a group of answers or in a picture, keep what they do
    const control = element?.closest("button, a, [role=radio], input, pair-viewer, vaadin-select");
    switch (place === "" ? event.key : place) {
      case "KeyJ":
        void docket.move(1);
        return true;
      case "KeyK":
        void docket.move(-1);
        return true;
      case "ArrowDown":
      case "ArrowUp":
        if (control && !control.matches(".waiting a")) {
          return false;
        }
        void docket.move(event.key === "ArrowDown" ? 1 : -1);
        return true;
      case "Enter":
      case "NumpadEnter":
        if (control) {
          return false;
        }
        void docket.decide();
        return true;
      case "KeyC":
        this.renderRoot.querySelector<HTMLElement>("#reason")?.focus();
        return true;
      case "KeyG":
        docket.draft.gold = docket.goldable && !docket.draft.gold;
        this.requestUpdate();
        return true;
      case "KeyO":
        void docket.askOneMore();
        return true;
      default:
        return asks(event);
    }
  }

  // ---- what is to be seen

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.renderRoot.querySelector(".waiting [aria-current=true]")?.scrollIntoView({ block: "nearest" });
    if (this.docket.reasonMissing) {
      this.docket.reasonMissing = false;
      this.renderRoot.querySelector<HTMLElement>("#reason")?.focus();
    }
  }

  protected override render(): TemplateResult {
    const { docket, t } = this;
    return html`<div class="desk">
      <nav class="waiting" aria-label=${t("adjudicate_list")}>
        <header>
          <h1>${t("adjudicate")}</h1>
          <p class="muted">${docket.ready ? t("adjudicate_waiting", { n: docket.waiting }) : " "}</p>
        </header>
        ${docket.list.map((each) => this.row(each))}
      </nav>
      <div class="bench">
        ${docket.open ? this.bench() : this.nothing()}
        <div class="status" role="status" aria-live="polite">${this.said()}</div>
      </div>
    </div>`;
  }

  private row({ pair, instruction, source, value, answers, again }: WaitingPair): TemplateResult {
    const { t } = this;
    return html`<a
      href="?pair=${pair}"
      router-ignore
      aria-current=${pair === this.docket.open?.pair}
      @click=${(event: Event) => {
        event.preventDefault();
        void this.docket.show(pair);
      }}
    >
      <img src=${source.thumbnail} alt="" loading="lazy" />
      <span>
        <b>${written(instruction)}</b>
        <span class="muted number">${t("adjudicate_value", { value: value.toFixed(2), n: answers })}</span>
        ${again ? html`<span class="chip warn">${t("adjudicate_again")}</span>` : nothing}
      </span>
    </a>`;
  }

  private nothing(): TemplateResult {
    const { t, docket } = this;
    if (docket.busy) {
      return html`<div class="stage empty"></div>`;
    }
    return html`<div class="stage empty">
      <div class="vacancy">
        ${docket.ready && docket.list.length === 0
          ? html`<h2>${t("adjudicate_none")}</h2><p>${t("adjudicate_none_help")}</p>`
          : html`<h2>${t("adjudicate_unread")}</h2>
              <div class="acts"><button class="button" @click=${() => void docket.start(this.pair)}>${t("retry")}</button></div>`}
      </div>
    </div>`;
  }

  private bench(): TemplateResult {
    const { docket, t, language } = this;
    const open = docket.open!;
    const protocol = docket.protocol!;
    return html`<header class="asked">
        <h2>${written(open.instruction)}</h2>
        <div class="tags">
          ${open.category ? html`<span class="chip">${written(open.category)}</span>` : nothing}
          <span class="chip line">${localized(protocol.title, language)} v${protocol.version}</span>
          <div class="segments" role="group" aria-label=${t("view_mode")}>
            ${Object.entries(MODES).map(
              ([place, mode]) => html`<button
                aria-pressed=${this.mode === mode}
                aria-label=${this.modeWord(mode)}
                title=${this.modeWord(mode)}
                @click=${() => (this.mode = mode)}
              >
                ${icon(mode)}<kbd>${place.slice(3)}</kbd>
              </button>`,
            )}
          </div>
        </div>
      </header>
      <div class="stage">
        <pair-viewer
          .source=${addressOf(open.source)}
          .a=${addressOf(open.left)}
          .b=${addressOf(open.right)}
          .mode=${this.mode}
          .order=${"middle"}
          .words=${this.words()}
          @swipe-change=${(event: CustomEvent<{ swipe: number }>) => {
            (event.currentTarget as HTMLElement & { swipe: number }).swipe = event.detail.swipe;
          }}
        ></pair-viewer>
      </div>
      ${keyed(open.pair, html`<div class="ruling">${this.answers()} ${this.decision()}</div>`)}`;
  }

  private modeWord(mode: Mode): string {
    const { t } = this;
    const words = { "side-by-side": t("side_by_side"), swipe: t("swipe"), blink: t("blink"), difference: t("difference") };
    return words[mode];
  }

  private words() {
    const { t } = this;
    return {
      source: t("source"),
      a: t("edit_a"),
      b: t("edit_b"),
      help: t("pane_help"),
      swipe: t("swipe_position"),
      changed: (percent: string) => t("changed", { percent }),
      comparing: t("comparing"),
      size: (width: number, height: number, percent: number) => t("picture_size", { width, height, percent }),
    };
  }

  private answers(): TemplateResult {
    const { docket, t, language } = this;
    const { answers, verdict, asked } = docket.open!;
    const { dimensions } = docket.protocol!;
    return html`<section class="heard" aria-labelledby="heard">
      <div class="line"><h3 id="heard">${t("adjudicate_heard")}</h3><span class="faint small-text">${t("adjudicate_unnamed")}</span></div>
      ${answers.length === 0
        ? html`<p class="muted">${t("adjudicate_unanswered")}</p>`
        : html`<table>
            <thead>
              <tr>
                <th scope="col">${t("adjudicate_person")}</th>
                ${dimensions.map((dimension) => html`<th scope="col">${localized(dimension.short, language)}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${answers.map(
                (said) => html`<tr>
                    <th scope="row">${t("adjudicate_number", { n: said.person })}</th>
                    ${dimensions.map((dimension) => html`<td>${answerChip(said.answers[dimension.id], t)}</td>`)}
                  </tr>
                  ${said.comment
                    ? html`<tr class="comment-row"><td colspan=${dimensions.length + 1} class="muted">${written(said.comment)}</td></tr>`
                    : nothing}`,
              )}
            </tbody>
          </table>`}
      ${asked ? html`<p class="muted">${t("adjudicate_pending")}</p>` : nothing}
      ${verdict
        ? html`<div class="past">
            <div class="line">
              <h3>${t(verdict.holds ? "adjudicate_verdict" : "adjudicate_fallen")}</h3>
              ${verdict.gold ? html`<span class="chip line">${t("adjudicate_is_gold")}</span>` : nothing}
              <time class="faint small-text" datetime=${verdict.at}
                >${new Date(verdict.at).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" })}</time
              >
            </div>
            <p class="verdicts">
              ${dimensions.map(
                (dimension) =>
                  html`<span class="pairing"
                    ><span class="muted">${localized(dimension.short, language)}</span> ${answerChip(verdict.answers[dimension.id], t)}</span
                  >`,
              )}
            </p>
            ${verdict.reason ? html`<p class="muted">${written(verdict.reason)}</p>` : nothing}
            ${verdict.objections.map(
              (words) => html`<p class="against"><b>${t("adjudicate_objection")}</b> ${written(words)}</p>`,
            )}
          </div>`
        : nothing}
    </section>`;
  }

  private decision(): TemplateResult {
    const { docket, t } = this;
    const { draft, decidable } = docket;
    const open = docket.open!;
    if (open.own) {
      return html`<section class="yours"><h3>${t("adjudicate_yours")}</h3><p class="muted">${t("adjudicate_own")}</p></section>`;
    }
    return html`<section class="yours" aria-labelledby="yours">
      <h3 id="yours">${t("adjudicate_yours")}</h3>
      <p class="faint small-text">${t(open.verdict ? "adjudicate_supersedes" : "adjudicate_replaces")}</p>
      ${docket.protocol!.dimensions.map((dimension) => this.question(dimension))}
      <label class="labelled" for="reason">${t("adjudicate_reason")} <kbd>C</kbd></label>
      <textarea
        id="reason"
        class="field"
        rows="2"
        maxlength="2000"
        aria-describedby="reason-help"
        .value=${draft.reason}
        ?disabled=${!decidable}
        @input=${(event: Event) => (draft.reason = (event.target as HTMLTextAreaElement).value)}
      ></textarea>
      <p id="reason-help" class="faint small-text">${t("adjudicate_reason_help")}</p>
      <label class="choice"
        ><input
          type="checkbox"
          .checked=${draft.gold}
          ?disabled=${!docket.goldable}
          @change=${(event: Event) => (draft.gold = (event.target as HTMLInputElement).checked)}
        /><span>${t("adjudicate_gold")} <kbd>G</kbd></span></label
      >
      <div class="acts">
        <button class="button primary" aria-disabled=${!decidable || docket.busy} @click=${() => void docket.decide()}>
          ${t("adjudicate_decide")} <kbd>Enter</kbd>
        </button>
        <button class="button" aria-disabled=${!decidable || open.asked || docket.busy} @click=${() => void docket.askOneMore()}>
          ${t("adjudicate_one_more")} <kbd>O</kbd>
        </button>
      </div>
    </section>`;
  }

  private question(dimension: Dimension): TemplateResult {
    const { docket, language } = this;
    const { draft, cells } = docket;
    const at = cells[draft.cursor];
    const index = (key: string) => cells.findIndex((cell) => cell.key === key);
    const labels = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
    return docket.protocol!.mode === "rating"
      ? html`<rating-row
          .dimension=${dimension}
          .left=${draft.answers[cellKey(dimension, "left")]}
          .right=${draft.answers[cellKey(dimension, "right")]}
          .active=${at?.dimension === dimension ? at.side : undefined}
          .language=${language}
          .keyLabels=${labels}
          .disabled=${!docket.decidable}
          @answer=${(event: CustomEvent<{ side: Side; value: number }>) =>
            docket.answer(index(cellKey(dimension, event.detail.side)), event.detail.value)}
          @activate=${(event: CustomEvent<{ side: Side }>) => docket.point(index(cellKey(dimension, event.detail.side)))}
        ></rating-row>`
      : html`<answer-scale
          .dimension=${dimension}
          .value=${draft.answers[dimension.id]}
          .active=${at?.dimension === dimension}
          .language=${language}
          .keyLabels=${labels}
          .disabled=${!docket.decidable}
          @answer=${(event: CustomEvent<{ value: string }>) => docket.answer(index(dimension.id), event.detail.value)}
          @activate=${() => docket.point(index(dimension.id))}
        ></answer-scale>`;
  }

  private said(): TemplateResult | typeof nothing {
    const { said } = this.docket;
    if (!said) {
      return nothing;
    }
    const { t } = this;
    const { key, detail, pair } = said;
    const wrong = key !== "adjudicate_decided" && key !== "adjudicate_asked";
    return html`<span class="note ${wrong ? "wrong" : ""}"
      >${icon(wrong ? "warning" : "check")} ${key === "adjudicate_refused" ? detail : t(key)}
      ${key === "adjudicate_decided" && pair
        ? html`<button class="button small" @click=${() => void this.docket.show(pair)}>${t("adjudicate_look_again")}</button>`
        : nothing}</span
    >`;
  }
}

customElements.define("adjudication-desk", AdjudicationDesk);
