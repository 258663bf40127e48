import type { LitElement } from "lit";
import { valuesOf } from "../answer/answers.js";
import { localized } from "../answer/protocol.js";
import type { AnnotationWorkspace } from "./annotation-workspace.js";

/** Answers by key, click and touch: where the focus goes next, and what a screen reader says of it. */
export class Answering {
  constructor(private readonly workspace: AnnotationWorkspace) {}

  /** The n-th answer (from 1) to the cell that keys answer. */
  byKey(n: number): void {
    if (this.workspace.session.phase === "training") {
      this.workspace.session.training?.byKey(n);
      return;
    }
    const { current, cells, protocol } = this.workspace.session;
    const cell = current && cells[current.cursor];
    const value = cell && valuesOf(protocol, cell)[n - 1];
    if (cell && value !== undefined) {
      this.answer(current.cursor, value);
    }
  }

  answer(index: number, value: number | string): void {
    const { session, announcer, t, language } = this.workspace;
    if (this.workspace.view.failed) {
      return;
    }
    const focused = this.workspace.focused?.matches("[role=radio]:focus-visible") ?? false;
    announcer.clear();
    session.judging.answer(index, value);
    const { cursor, draft } = session.current!;
    const next = session.cells[cursor]!;
    const open = draft.answers[next.key] === undefined;
    announcer.speak(open ? t("next_cell", { dimension: localized(next.dimension.title, language) }) : t("all_answered"));
    if (focused) {
      void this.focusCell();
    }
  }

  /** Moves to the next or previous cell; false at the end. */
  move(step: 1 | -1): boolean {
    const { session, judging } = this.workspace;
    const to = (session.current?.cursor ?? 0) + step;
    if (!judging || to < 0 || to >= session.cells.length) {
      return false;
    }
    session.judging.point(to);
    void this.focusCell();
    return true;
  }

  private async focusCell(): Promise<void> {
    const { session, renderRoot } = this.workspace;
    await this.workspace.updateComplete;
    const key = session.cells[session.current?.cursor ?? 0]?.key;
    const row = [...renderRoot.querySelectorAll<LitElement>("answer-scale, rating-row")];
    await Promise.all(row.map((element) => element.updateComplete));
    renderRoot.querySelector<HTMLElement>(`.answer[data-cell="${key}"][tabindex="0"]`)?.focus();
  }

  submit(): void {
    const { session, judging, view, focused } = this.workspace;
    const { training } = session;
    if (session.phase === "training") {
      void training?.proceed();
    } else if (judging && !view.failed && (training ? session.judging.complete() : session.judging.submit())) {
      void training?.submit();
      session.understood();
      focused?.blur();
    }
  }

  skip(reason: string, note: string): void {
    if (reason) {
      this.workspace.session.judging.skip(reason, note);
    }
  }

  undo(): void {
    this.workspace.session.judging.undo();
  }
}
