import type { DialogName } from "./dialogs.js";
import type { Command } from "./key-map.js";

/** What the panels need from the page around them. */
export interface PanelsOwner {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly updateComplete: Promise<boolean>;
  requestUpdate(): void;
}

/** The drawer beside the pair and the dialog over it: at most one of each. */
export class Panels {
  drawer: "guideline" | "my_work" | undefined;
  dialog: DialogName | undefined;
  /** The command that gets a new key. */
  remapping: { command: Command; problem?: string } | undefined;

  constructor(private readonly owner: PanelsOwner) {}

  toggle(drawer: "guideline" | "my_work"): void {
    this.drawer = this.drawer === drawer ? undefined : drawer;
    this.owner.requestUpdate();
    if (this.drawer) {
      void this.owner.updateComplete.then(() =>
        // its text rather than a button: arrows scroll it, and Enter goes on submitting
        this.owner.renderRoot.querySelector<HTMLElement>(".drawer .scroller")?.focus({ preventScroll: true }),
      );
    }
  }

  closeDrawer(): void {
    this.drawer = undefined;
    this.owner.requestUpdate();
  }

  open(dialog: DialogName): void {
    this.dialog = dialog;
    this.owner.requestUpdate();
  }

  close(): void {
    this.owner.renderRoot.querySelector("dialog")?.close();
    this.dialog = undefined;
    this.remapping = undefined;
    this.owner.requestUpdate();
  }

  remap(command: Command | undefined, problem?: string): void {
    this.remapping = command && { command, ...(problem ? { problem } : {}) };
    this.owner.requestUpdate();
  }
}
