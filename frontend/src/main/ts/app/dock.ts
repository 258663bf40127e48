import { html, type TemplateResult } from "lit";
import { cellKey } from "../answer/answers.js";
import type { Side } from "../answer/protocol.js";
import "../answer/answer-scale.js";
import "../answer/rating-row.js";
import type { State } from "../session/state.js";
import type { Actions } from "./actions.js";
import type { Manner } from "./manner.js";

/** The protocol's questions, one row a dimension. */
export function dock(
  { current, cells, protocol }: Pick<State, "current" | "cells" | "protocol">,
  disabled: boolean,
  { t, language, keys, order }: Manner,
  actions: Actions,
): TemplateResult {
  const { draft, cursor } = current!;
  const { answers } = draft;
  const at = cells[cursor];
  const labels = Array.from({ length: 9 }, (_, index) => keys.answerLabel(index + 1));
  const index = (key: string) => cells.findIndex((cell) => cell.key === key);
  const rows = protocol.dimensions.map((dimension) =>
    protocol.mode === "rating"
      ? html`<rating-row
          .dimension=${dimension}
          .left=${answers[cellKey(dimension, "left")]}
          .right=${answers[cellKey(dimension, "right")]}
          .active=${at?.dimension === dimension ? at.side : undefined}
          .order=${order}
          .language=${language}
          .keyLabels=${labels}
          .disabled=${disabled}
          @answer=${(event: CustomEvent<{ side: Side; value: number }>) =>
            actions.answer(index(cellKey(dimension, event.detail.side)), event.detail.value)}
          @activate=${(event: CustomEvent<{ side: Side }>) => actions.point(index(cellKey(dimension, event.detail.side)))}
        ></rating-row>`
      : html`<answer-scale
          .dimension=${dimension}
          .value=${answers[dimension.id]}
          .active=${at?.dimension === dimension}
          .order=${order}
          .language=${language}
          .keyLabels=${labels}
          .disabled=${disabled}
          @answer=${(event: CustomEvent<{ value: string }>) => actions.answer(index(dimension.id), event.detail.value)}
          @activate=${() => actions.point(index(dimension.id))}
        ></answer-scale>`,
  );
  return html`<section class="dock" id="answers" tabindex="-1" aria-label=${t("answers")}>${rows}</section>`;
}
