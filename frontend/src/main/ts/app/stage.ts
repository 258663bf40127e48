import type { LitElement } from "lit";
import type { PairViewer } from "../viewer/pair-viewer.js";
import type { InstructionText } from "./instruction-text.js";

/** The page's elements, as far as keys and the parts of the page act on them. */
export class Stage {
  constructor(private readonly host: LitElement) {}

  /** Something to be shown changed. */
  redraw(): void {
    this.host.requestUpdate();
  }

  /** Resolves when what changed is on the page. */
  get drawn(): Promise<boolean> {
    return this.host.updateComplete;
  }

  find<Found extends HTMLElement = HTMLElement>(selector: string): Found | null {
    return this.host.renderRoot.querySelector<Found>(selector);
  }

  get focused(): HTMLElement | null {
    return this.host.shadowRoot?.activeElement as HTMLElement | null;
  }

  get viewer(): PairViewer | null {
    return this.find<PairViewer>("pair-viewer");
  }

  get instruction(): InstructionText | null {
    return this.find<InstructionText>("instruction-text");
  }

  /** Gives the focus to the answers of a cell. */
  async focusCell(key: string | undefined): Promise<void> {
    await this.drawn;
    const rows = [...this.host.renderRoot.querySelectorAll<LitElement>("answer-scale, rating-row")];
    await Promise.all(rows.map((row) => row.updateComplete));
    this.find(`.answer[data-cell="${key}"][tabindex="0"]`)?.focus();
  }
}
