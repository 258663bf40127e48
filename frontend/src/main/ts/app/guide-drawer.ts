import { html, nothing, type TemplateResult } from "lit";
import { localized, type WorkedExample } from "../answer/protocol.js";
import type { Key } from "../i18n/dictionary.js";
import type { Translate } from "../i18n/translate.js";
import type { ExamplePictures, Image } from "../contract/campaign.js";
import { addressOf } from "../session/picture-address.js";
import type { State } from "../session/state.js";
import { icon } from "./icons.js";
import type { Manner } from "./manner.js";
import { markdown } from "./markdown.js";

/** The guideline of the protocol version that the pair is judged under. It narrows the page and covers nothing. */
export function guideDrawer(state: Pick<State, "protocol" | "terms" | "training">, manner: Manner, close: () => void): TemplateResult {
  const { t, language } = manner;
  const { protocol, training } = state;
  return html`<aside class="drawer" aria-label=${t("guidelines")}>
    <header>
      <div>
        <h2>${t("guidelines")}</h2>
        <p class="faint">${t("guideline_version", { title: localized(protocol.title, language), version: protocol.version })}</p>
      </div>
      <button class="button quiet icon-only small" aria-label=${t("close_guidelines")} @click=${close}>
        ${icon("close")}
      </button>
    </header>
    <div class="scroller" translate="yes" tabindex="0" role="region" aria-label=${t("guidelines")}>${guideline(state, training?.examplesDone ?? true, manner)}</div>
  </aside>`;
}

/** Dimensions with their levels and criteria, the guideline's text, worked examples (with answers, unless left out). */
export function guideline({ protocol, terms }: Pick<State, "protocol" | "terms">, examples: boolean, { t, language }: Manner): TemplateResult {
  return html`${protocol.dimensions.map(
      (dimension) => html`<section>
        <h3>${localized(dimension.title, language)}</h3>
        <dl>
          ${[...(dimension.levels ?? [])].reverse().map(
            (level) => html`<dt>${level.value}</dt>
              <dd><b>${localized(level.label, language)}</b>${localized(level.text, language)}</dd>`,
          )}
        </dl>
        ${dimension.criteria
          ? html`<dl class="criteria">
              ${dimension.criteria.map(
                (criterion) => html`<dt>${localized(criterion.title, language)}</dt>
                  <dd>${localized(criterion.text, language)}</dd>`,
              )}
            </dl>`
          : nothing}
      </section>`,
    )}
    <section class="prose">${markdown(localized(protocol.guideline, language))}</section>
    ${examples && protocol.examples?.length
      ? html`<section class="examples">
          <h3>${t("worked_examples")}</h3>
          ${protocol.examples.map((example, place) => workedExample(example, terms?.picturesOf(place)))}
        </section>`
      : nothing}`;

  function workedExample(example: WorkedExample, pictures: ExamplePictures | undefined): TemplateResult {
    const short = (id: string) => localized(protocol.dimensions.find((dimension) => dimension.id === id)?.short ?? { en: id }, language);
    return html`<div class="example">
      <b class="written" dir="auto">${localized(example.instruction, language)}</b>
      ${pictures ? strip(pictures, t) : nothing}
      <span class="seen">${localized(example.edit, language)}</span>
      <div class="verdicts">
        ${Object.entries(example.ratings ?? {}).map(([id, value]) => html`<span class="chip">${short(id)}: ${value}</span>`)}
        ${Object.entries(example.verdicts ?? {}).map(
          ([id, verdict]) => html`<span class="chip ${verdictColour(verdict)}">${short(id)}: ${t(verdictKey(verdict))}</span>`,
        )}
      </div>
      <span class="muted">${localized(example.reason, language)}</span>
    </div>`;
  }
}

/** The pictures side by side, in the order of the screen; each opens in full. */
function strip({ source, edits }: ExamplePictures, t: Translate): TemplateResult {
  const [first, second] = edits;
  const shown = second ? [picture(first, t("edit_a")), picture(source, t("source")), picture(second, t("edit_b"))] : [picture(source, t("source")), picture(first, t("edit_a"))];
  return html`<div class="strip">${shown}</div>`;

  function picture(image: Image | undefined, name: string): TemplateResult | typeof nothing {
    return image
      ? html`<figure>
          <a href=${addressOf(image)} target="_blank" router-ignore><img src=${image.display} alt=${name} width=${image.width} height=${image.height} /></a>
          <figcaption>${name}</figcaption>
        </figure>`
      : nothing;
  }
}

/** Protocols speak of the first and the second edit, the screen of A and B. */
export function verdictKey(verdict: string): Key {
  return verdict.replace("first", "left").replace("second", "right") as Key;
}

function verdictColour(verdict: string): string {
  return verdict.startsWith("first") ? "a" : verdict.startsWith("second") ? "b" : verdict === "tie" ? "tie" : "bad";
}
