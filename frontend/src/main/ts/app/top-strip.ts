import { html, nothing, type TemplateResult } from "lit";
import { clock } from "../i18n/translate.js";
import type { AnnotationWorkspace } from "./annotation-workspace.js";
import { testProgress } from "../training/test-parts.js";
import { address } from "../session/base.js";
import { brand, icon } from "./icons.js";
import { titled } from "./tool-bar.js";

/** A lease that ends sooner than this is shown in amber, in milliseconds. */
const SOON = 120_000;

/** Campaign, progress, timer, hold time, network, panels, theme. */
export function topStrip(workspace: AnnotationWorkspace): TemplateResult {
  const { session, t } = workspace;
  const { name } = session.profile;
  return html`<header class="top">
    <a class="brand" href=${address("")} aria-label=${t("home")}>${brand}</a>
    <span class="campaign truncated" dir="auto" lang="" translate="no" title=${session.terms?.name ?? ""} .textContent=${session.terms?.name ?? ""}></span>
    ${session.training ? (session.training.work ? testProgress(workspace, session.training) : nothing) : progress(workspace)}
    <div class="meta">${session.current && !session.current.lost && session.phase === "working" ? times(workspace) : nothing}${network(workspace)}</div>
    <button
      class="button quiet small guide"
      aria-expanded=${workspace.panels.drawer === "guideline"}
      aria-label=${t("guidelines")}
      title=${titled(t("guidelines"), workspace.keys.label("guideline"))}
      @click=${() => workspace.toggle("guideline")}
    >
      ${icon("book")}<span class="text">${t("guidelines")}</span> <kbd>${workspace.keys.label("guideline")}</kbd>
    </button>
    <button
      class="button quiet icon-only small"
      aria-expanded=${workspace.panels.drawer === "my_work"}
      aria-label=${session.setAside.size > 0 ? `${t("my_work")}. ${t("set_aside_count", { n: session.setAside.size })}` : t("my_work")}
      title=${titled(t("my_work"), workspace.keys.label("my_work"))}
      @click=${() => workspace.toggle("my_work")}
    >
      ${icon("list")}${session.setAside.size > 0 ? html`<span class="badge number">${session.setAside.size}</span>` : nothing}
    </button>
    <button class="button quiet icon-only small" aria-label=${t("keys")} title="${t("keys")} (?)" @click=${() => workspace.showKeys()}>
      ${icon("keyboard")}
    </button>
    <button class="button quiet icon-only small" aria-label=${t("theme")} title=${t("theme")} @click=${() => workspace.switchTheme()}>
      ${icon("sun")}
    </button>
    <a class="avatar" href="account" router-ignore aria-label="${t("signed_in_as", { name })}. ${t("account")}" title=${t("signed_in_as", { name })}
      >${initials(name)}</a
    >
  </header>`;
}

function progress({ session, t }: AnnotationWorkspace): TemplateResult | typeof nothing {
  const known = session.progress;
  if (!known) {
    return nothing;
  }
  const share = known.wanted > 0 ? (known.filled / known.wanted) * 100 : 0;
  const counts = t("progress_text", { filled: known.filled, wanted: known.wanted });
  // one's own count, and apart from it the campaign's, whose bar never stands without its number
  return html`<div class="progress">
    <b class="number">${t("today", { n: known.today + session.queued })}</b>
    <span class="whole" title="${t("progress")}: ${counts}">
      ${t("progress_campaign")}
      <span class="bar" role="progressbar" aria-label=${t("progress")} aria-valuemin="0" aria-valuemax=${known.wanted} aria-valuenow=${known.filled}>
        <i style="width:${share}%"></i>
      </span>
      <span class="number">${counts}</span>
    </span>
  </div>`;
}

function times(workspace: AnnotationWorkspace): TemplateResult {
  const { session, t } = workspace;
  const left = session.current!.deadline - Date.now();
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

function network({ session, t }: AnnotationWorkspace): TemplateResult {
  const queued = session.queued;
  switch (session.network) {
    case "signed-out":
      return html`<a class="network off" href=${address("login")} target="_blank" aria-live="polite">${icon("cloud_off")}${t("signed_out", { n: queued })}</a>`;
    case "troubled":
      return html`<button class="network off" aria-live="polite" title=${t("offline_hint")} @click=${() => session.tryNow()}>
        ${icon("cloud_off")}${t("server_problem", { n: queued })}
      </button>`;
    case "unstored":
      return html`<span class="network off" aria-live="polite">${icon("warning")}${t("unstored")}</span>`;
    case "offline":
      return html`<button class="network off" aria-live="polite" title=${t("offline_hint")} @click=${() => session.tryNow()}>
        ${icon("cloud_off")}${t("offline", { n: queued })}
      </button>`;
    default:
      return html`<span class="network" title=${t("saved_hint")}>
        ${icon("cloud")}<span class="words"
          ><span class="saving ${session.network === "saving" ? "now" : ""}">${t("saving")}</span><span class="saved">${t("saved")}</span></span
        >
      </span>`;
  }
}

function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  return words.slice(0, 2).map((word) => word[0]!.toUpperCase()).join("") || "–";
}
