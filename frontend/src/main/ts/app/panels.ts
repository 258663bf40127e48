import type { Command } from "./key-map.js";
import type { Stage } from "./stage.js";

export type DialogName = "skip" | "flag" | "keys" | "pause";

/** The drawer beside the pair and the dialog over it: at most one of each. */
export class Panels {
  drawer: "guideline" | "my_work" | undefined;
  dialog: DialogName | undefined;
  /** The command that gets a new key. */
  remapping: { command: Command; problem?: string } | undefined;

  constructor(private readonly stage: Stage) {}

  toggle(drawer: "guideline" | "my_work"): void {
    this.drawer = this.drawer === drawer ? undefined : drawer;
    this.stage.redraw();
    if (this.drawer) {
      void this.stage.drawn.then(() =>
        // its text rather than a button: arrows scroll it, and Enter goes on submitting
        this.stage.find(".drawer .scroller")?.focus({ preventScroll: true }),
      );
    }
  }

  closeDrawer(): void {
    this.drawer = undefined;
    this.stage.redraw();
  }

  open(dialog: DialogName): void {
    this.dialog = dialog;
    this.stage.redraw();
  }

  close(): void {
    this.stage.find<HTMLDialogElement>("dialog")?.close();
    this.dialog = undefined;
    this.remapping = undefined;
    this.stage.redraw();
  }

  remap(command: Command | undefined, problem?: string): void {
    this.remapping = command && { command, ...(problem ? { problem } : {}) };
    this.stage.redraw();
  }
}
