import { html, LitElement, nothing, type TemplateResult } from "lit";
import { localized } from "../answer/protocol.js";
import type { Key } from "../i18n/dictionary.js";
import { type Translate, translator } from "../i18n/translate.js";
import type { OwnLabel } from "../session/contract.js";
import type { Session } from "../session/session.js";
import { icon } from "./icons.js";

/** The annotator's own recent judgements, each open to a correction. Events: `close`, `edit` ({label}). */
export class MyWork extends LitElement {
  static override properties = {
    session: { attribute: false },
    language: {},
    labels: { state: true },
    failed: { state: true },
  };
  declare session: Session;
  declare language: string;
  declare labels: readonly OwnLabel[] | undefined;
  declare failed: boolean;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  /** Asks for the list again, for example after a submit. */
  async load(): Promise<void> {
    try {
      this.labels = await this.session.ownLabels();
      this.failed = false;
    } catch {
      this.failed = true;
    }
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const t = translator(this.language);
    const { progress, judging } = this.session;
    const { tally } = judging;
    return html`<aside class="drawer" aria-label=${t("my_work")}>
      <header>
        <div>
          <h2>${t("my_work")}</h2>
          ${progress ? html`<p class="faint">${t("work_summary", { today: progress.today, mine: progress.mine })}</p>` : nothing}
          ${tally.judged > 0 ? html`<p class="faint">${t("work_pace", { seconds: Math.round(tally.pace / 1000) })}</p>` : nothing}
        </div>
        <button class="button quiet icon-only small" aria-label=${t("close_my_work")} @click=${() => this.dispatchEvent(new Event("close"))}>
          ${icon("close")}
        </button>
      </header>
      <div class="scroller" tabindex="0" role="region" aria-label=${t("my_work")}>
        ${this.session.setAside.drafts.length > 0
          ? html`<section>
              <h3>${t("drafts_kept")}</h3>
              ${this.session.setAside.drafts.map((draft) => html`<p class="muted">${draft.assignment.instruction}</p>`)}
            </section>`
          : nothing}
        ${this.failed ? html`<p class="muted">${t("work_failed")}</p>` : nothing}
        ${this.labels?.length === 0 ? html`<p class="muted">${t("work_empty")}</p>` : nothing}
        <ol class="labels">
          ${(this.labels ?? []).map((label) => this.row(t, label))}
        </ol>
      </div>
    </aside>`;
  }

  private row(t: Translate, label: OwnLabel): TemplateResult {
    const { left, source, right, instruction } = label.assignment;
    const time = new Date(label.submittedAt).toLocaleTimeString(this.language, { hour: "2-digit", minute: "2-digit" });
    return html`<li class=${label.superseded ? "superseded" : ""}>
      <div class="thumbs">${[left, source, right].map((image) => html`<img src=${image.thumbnail} alt="" loading="lazy" />`)}</div>
      <p>${instruction}</p>
      <div class="verdicts">${this.answers(t, label)}</div>
      <div class="acts">
        <time class="faint" datetime=${label.submittedAt}>${time}</time>
        ${label.superseded
          ? html`<span class="faint">${t("replaced")}</span>`
          : html`<button
              class="button small"
              @click=${() => this.dispatchEvent(new CustomEvent("edit", { detail: { label } }))}
            >
              ${t("edit")}
            </button>`}
      </div>
    </li>`;
  }

  private answers(t: Translate, label: OwnLabel): TemplateResult[] {
    if (!label.answers) {
      return [html`<span class="chip">${t("skipped")}</span>`];
    }
    const { answers } = label;
    return this.session.protocol.dimensions.flatMap((dimension) => {
      const answer = answers[dimension.id];
      if (answer === undefined) {
        return [];
      }
      const said = typeof answer === "string" ? t(answer as Key) : `A ${answer.left}, B ${answer.right}`;
      return [html`<span class="chip">${localized(dimension.short, this.language)}: ${said}</span>`];
    });
  }
}

customElements.define("my-work", MyWork);
