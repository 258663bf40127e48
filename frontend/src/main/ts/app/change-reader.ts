import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { en } from "../i18n/en.js";
import type { Key } from "../i18n/dictionary.js";
import { type Translate, translator } from "../i18n/translate.js";
import type { ChangedSection, ProtocolChange } from "../contract/protocol-change.js";
import { verdictKey } from "./guide-drawer.js";

/** Shape says what colour repeats. */
const SIGNS = { added: "+", removed: "−", changed: "≠" } as const;

/**
 * What changed in the protocol, to be read to its end and confirmed, with Enter or a click.
 * Properties: `change`, `language`. Event: `confirm`.
 */
export class ChangeReader extends LitElement {
  static override properties = {
    change: { attribute: false },
    language: {},
    read: { state: true },
  };
  declare change: ProtocolChange | undefined;
  declare language: string;
  /** The end was in sight. */
  declare read: boolean;

  private readonly watcher = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) {
      this.read = true;
    }
  });
  private readonly key = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.repeat && !(event.composedPath()[0] as HTMLElement).matches("button, a, dialog *")) {
      event.preventDefault();
      this.confirm();
    }
  };

  constructor() {
    super();
    this.language = "en";
    this.read = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("keydown", this.key);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("keydown", this.key);
    this.watcher.disconnect();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("change")) {
      this.read = false;
      this.watcher.disconnect();
      this.watcher.observe(this.querySelector(".end")!);
      this.querySelector<HTMLElement>(".scroller")?.focus({ preventScroll: true });
    }
  }

  private confirm(): void {
    if (this.read) {
      this.dispatchEvent(new Event("confirm"));
    }
  }

  protected override render(): TemplateResult {
    const t = translator(this.language);
    const { from, to, sections } = this.change ?? { sections: [] };
    return html`<div class="reader">
      <div class="head">
        <h1>${t("protocol_changed")}</h1>
        <p class="muted">${t("protocol_changed_text")}</p>
        ${from && to
          ? html`<p class="versions"><span class="chip">${from.title} v${from.version}</span> → <span class="chip">${to.title} v${to.version}</span></p>`
          : nothing}
        <p class="faint legend">
          <ins>${t("change_inserted")}</ins> <del>${t("change_deleted")}</del>
        </p>
      </div>
      <div class="scroller" tabindex="0" role="region" aria-label=${t("protocol_changed")}>
        ${sections.length === 0 ? html`<p>${t("change_none")}</p>` : nothing} ${sections.map((section) => this.section(t, section))}
        <span class="end" aria-hidden="true"></span>
      </div>
      <div class="foot-line">
        <p class="faint" aria-live="polite">${this.read ? "" : t("change_to_the_end")}</p>
        <button class="button primary" aria-disabled=${!this.read} @click=${() => this.confirm()}>
          ${t("confirm_read")} <kbd>${t("enter")}</kbd>
        </button>
      </div>
    </div>`;
  }

  private section(t: Translate, { part, title, change, runs }: ChangedSection): TemplateResult {
    const shown = part === "rule" && `rule_${title}` in en ? t(`rule_${title}` as Key) : title;
    return html`<article class="passage">
      <h2>
        <span class="sign ${change}">${SIGNS[change]} ${t(`change_${change}` as Key)}</span>
        <span class="muted">${t(`part_${part}` as Key)}</span> ${shown}
      </h2>
      <p class="woven">${runs.map(({ kind, text }) => {
          const words = part === "example_answer" ? answerText(t, text) : text.replace(/\*+/g, "");
          return kind === "inserted"
            ? html`<ins><span class="unseen">${t("change_inserted")}: </span>${words}</ins>`
            : kind === "deleted"
              ? html`<del><span class="unseen">${t("change_deleted")}: </span>${words}</del>`
              : words;
        })}</p>
    </article>`;
  }
}

/** A rating as it is, a verdict in the words of the screen. */
function answerText(t: Translate, text: string): string {
  const key = verdictKey(text.trim());
  return key in en ? t(key) : text;
}

customElements.define("change-reader", ChangeReader);
