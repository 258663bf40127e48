import { html, type TemplateResult } from "lit";
import { address } from "../session/base.js";
import type { Session } from "../session/session.js";
import { icon } from "./icons.js";
import type { Manner } from "./manner.js";

/** Whether what was judged has reached the server, and what waits. */
export function networkSign(session: Pick<Session, "state" | "tryNow">, { t }: Manner): TemplateResult {
  const { network, outgoing } = session.state;
  const queued = outgoing.waiting;
  switch (network) {
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
          ><span class="saving ${network === "saving" ? "now" : ""}">${t("saving")}</span><span class="saved">${t("saved")}</span></span
        >
      </span>`;
  }
}
