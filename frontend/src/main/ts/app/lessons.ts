import { html, LitElement, nothing, type TemplateResult } from "lit";
import { answerChip } from "../adjudication/answer-words.js";
import { type Dimension, localized } from "../answer/protocol.js";
import type { Lesson } from "../contract/adjudication.js";
import { type Translate, translator } from "../i18n/translate.js";
import { Refused } from "../session/failures.js";
import type { Session } from "../session/session.js";
import { written, writtenInList } from "./written.js";

/** Where the annotator was overruled and why, and what they say against it. Properties: `session`, `language`. */
export class LessonList extends LitElement {
  static override properties = {
    session: { attribute: false },
    language: {},
    lessons: { state: true },
    objecting: { state: true },
    problem: { state: true },
    unread: { state: true },
    sending: { state: true },
  };
  declare session: Session;
  declare language: string;
  declare lessons: readonly Lesson[];
  /** The verdict that an objection is being written to. */
  declare objecting: string | undefined;
  declare problem: string | undefined;
  /** The list could not be read. */
  declare unread: boolean;
  declare sending: boolean;

  constructor() {
    super();
    this.lessons = [];
    this.unread = false;
    this.sending = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  async load(): Promise<void> {
    try {
      this.lessons = await this.session.lessons();
      this.unread = false;
    } catch {
      this.unread = true;
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const t = translator(this.language);
    if (this.lessons.length === 0 && !this.unread) {
      return nothing;
    }
    return html`<section class="lessons" aria-labelledby="lessons">
      <h3 id="lessons">${t("lessons")}</h3>
      ${this.unread
        ? html`<div class="acts" role="status">
            <span>${t("lessons_unread")}</span><button class="button small" @click=${() => void this.load()}>${t("retry")}</button>
          </div>`
        : nothing}
      <p class="muted">${t("lessons_help")}</p>
      <ol class="labels">
        ${this.lessons.map((lesson) => this.row(t, lesson))}
      </ol>
    </section>`;
  }

  private row(t: Translate, lesson: Lesson): TemplateResult {
    const { left, source, right, instruction, reason, holds, overruled } = lesson;
    return html`<li class=${holds ? "" : "superseded"}>
      <div class="thumbs">${[left, source, right].map((image) => html`<img src=${image.thumbnail} alt="" loading="lazy" />`)}</div>
      ${writtenInList(instruction, t("instruction"))}
      <dl>
        ${this.session.state.protocol.dimensions
          .filter(({ id }) => overruled.includes(id))
          .map((dimension) => this.dimension(t, dimension, lesson))}
      </dl>
      <p class=${reason ? "" : "faint"}>${reason ? written(reason) : t("lesson_no_reason")}</p>
      ${this.objection(t, lesson)}
    </li>`;
  }

  private dimension(t: Translate, dimension: Dimension, { own, decided }: Lesson): TemplateResult {
    return html`<dt>${localized(dimension.short, this.language)}</dt>
      <dd class="verdicts">
        <span>${t("lesson_own")} ${answerChip(own[dimension.id], t)}</span>
        <span>${t("lesson_decided")} ${answerChip(decided[dimension.id], t)}</span>
      </dd>`;
  }

  private objection(t: Translate, { verdict, objection, mayObject, holds }: Lesson): TemplateResult | typeof nothing {
    if (objection) {
      const { accepted, answer, words } = objection;
      const fate = accepted === null ? t("objection_waits") : accepted ? t("objection_accepted") : t("objection_rejected", { reason: answer ?? "" });
      return html`<div class="objected"><p class="muted">${written(words)}</p><p role="status">${fate}</p></div>`;
    }
    if (!holds) {
      return html`<p class="faint">${t("lesson_superseded")}</p>`;
    }
    if (!mayObject) {
      return nothing;
    }
    return this.objecting === verdict
      ? html`<div class="objecting">
          <label class="labelled"
            >${t("object_words")}
            <textarea class="field" rows="3" maxlength="2000" @keydown=${(event: Event) => event.stopPropagation()}></textarea>
          </label>
          ${this.problem ? html`<p class="problem" role="alert">${t("object_failed", { detail: this.problem })}</p>` : nothing}
          <div class="acts">
            <button class="button small" @click=${() => (this.objecting = undefined)}>${t("object_cancel")}</button>
            <button class="button small primary" aria-disabled=${this.sending} @click=${() => void this.send(verdict)}>${t("object_send")}</button>
          </div>
        </div>`
      : html`<div class="acts">
          <span class="faint">${t("object_once")}</span>
          <button
            class="button small"
            @click=${() => {
              this.objecting = verdict;
              this.problem = undefined;
              void this.updateComplete.then(() => this.querySelector<HTMLElement>(".objecting textarea")?.focus());
            }}
          >
            ${t("object")}
          </button>
        </div>`;
  }

  private async send(verdict: string): Promise<void> {
    if (this.sending) {
      return;
    }
    const words = this.querySelector<HTMLTextAreaElement>(".objecting textarea")?.value ?? "";
    this.sending = true;
    try {
      await this.session.object(verdict, words);
      this.objecting = undefined;
      await this.load();
    } catch (error) {
      this.problem = error instanceof Refused ? error.detail : translator(this.language)("adjudicate_failed");
    } finally {
      this.sending = false;
    }
  }
}

customElements.define("lesson-list", LessonList);
