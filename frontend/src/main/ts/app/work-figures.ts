import { html, nothing, svg, type TemplateResult } from "lit";
import { type Dimension, localized } from "../answer/protocol.js";
import { clock, type Translate } from "../i18n/translate.js";
import type { AgreementRow, PaceSpan, WorkFigures } from "../contract/work-figures.js";

/** The bars of the seven days, in pixels. */
const BAR = 18;
const GAP = 4;
const HIGH = 36;

/** How much and how fast: today beside the last seven days. Nobody else's figures are here. */
export function pacePart({ pace }: WorkFigures, t: Translate, language: string): TemplateResult {
  return html`<section class="pace" aria-labelledby="pace-title">
    <h3 id="pace-title">${t("own_pace")}</h3>
    <div class="spans">${span(t("pace_today"), pace.today, t)} ${span(t("pace_week"), pace.week, t)} ${days(pace.days, t, language)}</div>
  </section>`;
}

function span(title: string, { labels, labelsPerActiveHour, medianActiveMilliseconds }: PaceSpan, t: Translate): TemplateResult {
  return html`<dl class="span">
    <dt>${title}</dt>
    <dd class="number"><b>${labelsPerActiveHour === null ? "–" : Math.round(labelsPerActiveHour)}</b> ${t("pace_per_hour")}</dd>
    <dd class="number">
      ${medianActiveMilliseconds === null ? "–" : clock(medianActiveMilliseconds / 1000)} ${t("pace_median")}
    </dd>
    <dd class="faint number">${t("pace_labels", { n: labels })}</dd>
  </dl>`;
}

function days(all: WorkFigures["pace"]["days"], t: Translate, language: string): TemplateResult {
  const most = Math.max(1, ...all.map(({ span }) => span.labels));
  const name = (date: string) => new Date(`${date}T00:00:00Z`).toLocaleDateString(language, { weekday: "short", timeZone: "UTC" });
  const text = all.map(({ date, span }) => `${name(date)} ${span.labels}`).join(", ");
  return html`<figure class="days">
    <svg width=${all.length * (BAR + GAP)} height=${HIGH} role="img" aria-label="${t("pace_days")}: ${text}">
      ${all.map(({ date, span }, index) => {
        const height = span.labels === 0 ? 1 : Math.max(2, (span.labels / most) * HIGH);
        return svg`<rect class=${index === all.length - 1 ? "today" : ""} x=${index * (BAR + GAP)} y=${HIGH - height}
          width=${BAR} height=${height} rx="2"><title>${name(date)}: ${span.labels}</title></rect>`;
      })}
    </svg>
    <figcaption class="faint">${t("pace_days")}</figcaption>
  </figure>`;
}

/** How often most of the others said the same; only from a number of pairs on that gives no single answer away. */
export function agreementPart({ agreement }: WorkFigures, dimensions: readonly Dimension[], t: Translate, language: string): TemplateResult {
  return html`<section class="agreed" aria-labelledby="agreed-title">
    <h3 id="agreed-title">${t("own_agreement")}</h3>
    ${agreement.needed > 0
      ? html`<p class="muted">${t("agreement_needed", { n: agreement.needed })}</p>`
      : html`<table>
            <tbody>
              ${agreement.dimensions.map((row) => agreementRow(row, dimensions, t, language))}
            </tbody>
          </table>
          <p class="faint">${t("agreement_basis", { n: agreement.pairs })}</p>`}
  </section>`;
}

function agreementRow(row: AgreementRow, dimensions: readonly Dimension[], t: Translate, language: string): TemplateResult {
  const dimension = dimensions.find(({ id }) => id === row.dimension);
  const name = dimension ? localized(dimension.short, language) : t("overall");
  const { share, low, high, chanceCorrected } = row;
  const percent = (value: number) => `${Math.round(value * 100)}%`;
  if (share === null || low === null || high === null) {
    return html`<tr><th scope="row">${name}</th><td colspan="3" class="faint">${t("agreement_no_lead")}</td></tr>`;
  }
  return html`<tr>
    <th scope="row">${name}</th>
    <td class="number"><b>${percent(share)}</b></td>
    <td>
      <span class="range" role="img" aria-label=${t("agreement_interval", { low: percent(low), high: percent(high) })}
        ><i style="left:${low * 100}%;right:${100 - high * 100}%"></i><b style="left:${share * 100}%"></b
      ></span>
      <span class="faint number">${percent(low)}–${percent(high)}</span>
    </td>
    <td class="number faint" title=${t("agreement_ac1")}>${chanceCorrected === null ? nothing : `AC1 ${chanceCorrected.toFixed(2)}`}</td>
  </tr>`;
}
