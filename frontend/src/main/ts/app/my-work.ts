import { html, LitElement, nothing, type TemplateResult } from "lit";
import { localized } from "../answer/protocol.js";
import type { Key } from "../i18n/dictionary.js";
import { type Translate, translator } from "../i18n/translate.js";
import type { OwnLabel } from "../contract/label.js";
import type { WorkFigures } from "../contract/work-figures.js";
import type { Session } from "../session/session.js";
import { icon } from "./icons.js";
import { setAsideList } from "./set-aside-list.js";
import "./lessons.js";
import { writtenInList } from "./written.js";
import { agreementPart, pacePart } from "./work-figures.js";

/**
 * What the annotator did and how: pace, agreement with the others, answers that were set aside, and the latest judgements,
 * each open to a correction. Events: `close`, `edit` ({label}).
 */
export class MyWork extends LitElement {
  static override properties = {
    session: { attribute: false },
    language: {},
    labels: { state: true },
    figures: { state: true },
    failed: { state: true },
    dismissing: { state: true },
  };
  declare session: Session;
  declare language: string;
  declare labels: readonly OwnLabel[] | undefined;
  declare figures: WorkFigures | undefined;
  declare failed: boolean;
  /** The set aside draft that is about to be dismissed. */
  declare dismissing: string | undefined;
  private unlisten: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.unlisten = this.session.state.on("change", () => this.requestUpdate());
    void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unlisten?.();
  }

  /** Asks for the list again, for example after a submit. */
  async load(): Promise<void> {
    try {
      [this.labels, this.figures] = await Promise.all([this.session.ownLabels(), this.session.workFigures()]);
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
    const { progress, protocol } = this.session.state;
    return html`<aside class="drawer" aria-label=${t("my_work")}>
      <header>
        <div>
          <h2>${t("my_work")}</h2>
          ${progress ? html`<p class="faint">${t("work_summary", { today: progress.today, mine: progress.mine })}</p>` : nothing}
        </div>
        <button class="button quiet icon-only small" aria-label=${t("close_my_work")} @click=${() => this.dispatchEvent(new Event("close"))}>
          ${icon("close")}
        </button>
      </header>
      <div class="scroller" tabindex="0" role="region" aria-label=${t("my_work")}>
        ${setAsideList(this.session, this, t)}
        ${this.failed ? html`<p class="muted">${t("work_failed")}</p>` : nothing}
        ${this.figures ? html`${pacePart(this.figures, t, this.language)} ${agreementPart(this.figures, protocol.dimensions, t, this.language)}` : nothing}
        <lesson-list .session=${this.session} .language=${this.language}></lesson-list>
        ${this.labels?.length ? html`<h3>${t("own_labels")}</h3>` : nothing}
        ${this.labels?.length === 0 ? html`<p class="muted">${t("work_empty")}</p>` : nothing}
        <ol class="labels">
          ${(this.labels ?? []).map((label) => this.row(t, label))}
        </ol>
      </div>
    </aside>`;
  }

  private row(t: Translate, label: OwnLabel): TemplateResult {
    const { left, source, right, instruction } = label.assignment;
    const time = new Date(label.submittedAt).toLocaleTimeString(this.language, {
      hour: "2-digit",
      minute: "2-digit",
      timeZone: this.session.profile.zone,
    });
    return html`<li class=${label.superseded ? "superseded" : ""}>
      <div class="thumbs">${[left, source, right].map((image) => html`<img src=${image.thumbnail} alt="" loading="lazy" />`)}</div>
      ${writtenInList(instruction, t("instruction"))}
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
    return this.session.state.protocol.dimensions.flatMap((dimension) => {
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
