import { html, nothing, type TemplateResult } from "lit";
import { localized } from "../answer/protocol.js";
import type { Session } from "../session/session.js";
import { type Around, frame } from "./dialog-frame.js";
import { keyDialog } from "./key-dialog.js";
import type { Command } from "./key-map.js";
import type { Stage } from "./stage.js";

/** The dialog that the annotator opened. */
export function dialog(session: Session, stage: Stage, around: Around): TemplateResult | typeof nothing {
  switch (around.panels.dialog) {
    case "skip":
      return skip(session, stage, around);
    case "flag":
      return flag(session, stage, around);
    case "keys":
      return keyDialog(session, around);
    case "pause":
      return pause(session, around);
    case undefined:
      return nothing;
  }
}

function skip({ state, judging }: Session, stage: Stage, around: Around): TemplateResult {
  const { t, language, keys } = around.manner;
  const value = (selector: string) => stage.find<HTMLInputElement | HTMLTextAreaElement>(`dialog ${selector}`)?.value ?? "";
  // the key of a reason is the one that gives the answer of that place
  const key = (n: number) => (n <= 9 ? keys.name(`answer_${n}` as Command) : "");
  return frame(
    around,
    t("skip_title"),
    html`<p class="muted">${t("skip_text")}</p>
      <div role="radiogroup" aria-labelledby="dialog-title" class="choices">
        ${state.protocol.skip_reasons.map(
          (reason, index) => html`<label class="choice">
            <input type="radio" name="reason" value=${reason.id} ?checked=${index === 0} ?autofocus=${index === 0} />
            <span>${localized(reason.title, language)}</span><kbd>${key(index + 1)}</kbd>
          </label>`,
        )}
      </div>
      <label class="labelled">${t("note_optional")}<textarea id="skip-note" class="field" dir="auto" rows="2" maxlength="500"></textarea></label>`,
    {
      text: t("skip_pair"),
      act: () => {
        const reason = value("input[type=radio]:checked");
        if (reason) {
          judging.skip(reason, value("#skip-note"));
        }
      },
    },
  );
}

function flag({ state, judging }: Session, stage: Stage, around: Around): TemplateResult {
  const { t } = around.manner;
  const draft = state.current?.draft;
  const note = () => stage.find<HTMLTextAreaElement>("#flag-note")?.value ?? "";
  const remove = () => {
    judging.flag(false, note());
    around.panels.close();
  };
  return frame(
    around,
    t("flag_title"),
    html`<p class="muted">${t("flag_text")}</p>
      <label class="labelled">
        ${t("flag_question")}<textarea id="flag-note" class="field" dir="auto" rows="3" maxlength="500" autofocus .value=${draft?.comment ?? ""}></textarea>
      </label>
      <p class="muted">${t("flag_comment")}</p>`,
    { text: t("set_flag"), act: () => judging.flag(true, note()) },
    draft?.flagged ? { extra: html`<button class="button" @click=${remove}>${t("remove_flag")}</button>` } : {},
  );
}

/** A pause: nothing is on the screen that wants an answer, and no time is counted. */
function pause(session: Session, around: Around): TemplateResult {
  const { t } = around.manner;
  const body = html`<p>${t("pause_text")}</p>`;
  return frame(around, t("pause_title"), body, { text: t("pause_end"), act: () => session.resume() }, { closable: false });
}
