import { html, nothing, type TemplateResult } from "lit";
import { clock } from "../i18n/translate.js";
import { address } from "../session/base.js";
import type { Session } from "../session/session.js";
import { testProgress } from "../training/test-parts.js";
import type { Actions } from "./actions.js";
import { campaignProgress } from "./campaign-progress.js";
import { brand, icon } from "./icons.js";
import type { Manner } from "./manner.js";
import { networkSign } from "./network-sign.js";
import type { Panels } from "./panels.js";
import { titled } from "./tool-bar.js";

/** A lease that ends sooner than this is shown in amber, in milliseconds. */
const SOON = 120_000;

/** Campaign, progress, timer, hold time, network, panels, theme. */
export function topStrip(session: Session, { drawer }: Pick<Panels, "drawer">, manner: Manner, actions: Actions): TemplateResult {
  const { t, keys } = manner;
  const { phase, terms, training, current } = session.state;
  const { name } = session.profile;
  const aside = session.setAside.size;
  return html`<header class="top">
    <a class="brand" href=${address("")} aria-label=${t("home")}>${brand}</a>
    <span class="campaign truncated" dir="auto" lang="" translate="no" title=${terms?.name ?? ""} .textContent=${terms?.name ?? ""}></span>
    ${training ? (training.work ? testProgress(training, manner) : nothing) : campaignProgress(session.state, manner)}
    <div class="meta">${current && !current.lost && phase === "working" ? times(session, current.deadline, manner) : nothing}${networkSign(session, manner)}</div>
    <button
      class="button quiet small guide"
      aria-expanded=${drawer === "guideline"}
      aria-label=${t("guidelines")}
      title=${titled(t("guidelines"), keys.label("guideline"))}
      @click=${() => actions.toggle("guideline")}
    >
      ${icon("book")}<span class="text">${t("guidelines")}</span> <kbd>${keys.label("guideline")}</kbd>
    </button>
    <button
      class="button quiet icon-only small"
      aria-expanded=${drawer === "my_work"}
      aria-label=${aside > 0 ? `${t("my_work")}. ${t("set_aside_count", { n: aside })}` : t("my_work")}
      title=${titled(t("my_work"), keys.label("my_work"))}
      @click=${() => actions.toggle("my_work")}
    >
      ${icon("list")}${aside > 0 ? html`<span class="badge number">${aside}</span>` : nothing}
    </button>
    <button class="button quiet icon-only small" aria-label=${t("keys")} title="${t("keys")} (?)" @click=${() => actions.showKeys()}>
      ${icon("keyboard")}
    </button>
    <button class="button quiet icon-only small" aria-label=${t("theme")} title=${t("theme")} @click=${() => actions.switchTheme()}>
      ${icon("sun")}
    </button>
    <a class="avatar" href="account" router-ignore aria-label="${t("signed_in_as", { name })}. ${t("account")}" title=${t("signed_in_as", { name })}
      >${initials(name)}</a
    >
  </header>`;
}

function times(session: Pick<Session, "profile" | "attention">, deadline: number, { t }: Manner): TemplateResult {
  const left = deadline - Date.now();
  const shown = session.profile.preferences.timer !== false;
  const time = shown ? clock(session.attention.active() / 1000) : "–:––";
  const hint = t(shown ? "timer_hint" : "timer_hidden");
  return html`<button
      class="timer number faint"
      title=${hint}
      aria-label="${time}. ${hint}"
      @click=${() => session.profile.prefer({ timer: !shown })}
    >
      ${time}
    </button>
    ${Number.isFinite(left)
      ? html`<span class="number lease ${left < SOON ? "soon" : "faint"}" title=${t("held_hint")}>${t("held", { time: clock(left / 1000) })}</span>`
      : nothing}`;
}

function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  return words.slice(0, 2).map((word) => word[0]!.toUpperCase()).join("") || "–";
}
