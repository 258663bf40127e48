import { html, type TemplateResult } from "lit";
import { cellKey } from "../answer/answers.js";
import type { Side } from "../answer/protocol.js";
import "../answer/answer-scale.js";
import "../answer/rating-row.js";
import type { AnnotationWorkspace } from "./annotation-workspace.js";

/** The protocol's questions, one row a dimension. */
export function dock(workspace: AnnotationWorkspace): TemplateResult {
  const { session, t } = workspace;
  const { draft, cursor } = session.current!;
  const { answers } = draft;
  const at = session.cells[cursor];
  const labels = Array.from({ length: 9 }, (_, index) => workspace.keys.answerLabel(index + 1));
  const index = (key: string) => session.cells.findIndex((cell) => cell.key === key);
  const rows = session.protocol.dimensions.map((dimension) =>
    session.protocol.mode === "rating"
      ? html`<rating-row
          .dimension=${dimension}
          .left=${answers[cellKey(dimension, "left")]}
          .right=${answers[cellKey(dimension, "right")]}
          .active=${at?.dimension === dimension ? at.side : undefined}
          .order=${workspace.order}
          .language=${workspace.language}
          .keyLabels=${labels}
          .disabled=${workspace.view.failed}
          @answer=${(event: CustomEvent<{ side: Side; value: number }>) =>
            workspace.answering.answer(index(cellKey(dimension, event.detail.side)), event.detail.value)}
          @activate=${(event: CustomEvent<{ side: Side }>) => session.judging.point(index(cellKey(dimension, event.detail.side)))}
        ></rating-row>`
      : html`<answer-scale
          .dimension=${dimension}
          .value=${answers[dimension.id]}
          .active=${at?.dimension === dimension}
          .order=${workspace.order}
          .language=${workspace.language}
          .keyLabels=${labels}
          .disabled=${workspace.view.failed}
          @answer=${(event: CustomEvent<{ value: string }>) => workspace.answering.answer(index(dimension.id), event.detail.value)}
          @activate=${() => session.judging.point(index(dimension.id))}
        ></answer-scale>`,
  );
  return html`<section class="dock" id="answers" tabindex="-1" aria-label=${t("answers")}>${rows}</section>`;
}
