import type { Cell } from "../answer/answers.js";
import type { Draft } from "../outbox/parcel.js";

/** The last submission can be reopened for this long, in milliseconds. */
export const UNDO_WINDOW = 30_000;

/** Something to be said once. */
export type Notice =
  | {
      readonly kind:
        | "submitted"
        | "skipped"
        | "stored"
        | "flagged"
        | "reopened"
        | "extra"
        | "renewal-failed"
        | "evidence-missing"
        | "unsafe"
        | "unconfirmed";
    }
  | { readonly kind: "back-online"; readonly sent: number }
  | { readonly kind: "missing"; readonly cell: Cell }
  | { readonly kind: "preferences-unsaved" };

/** The last submission, as long as it can be reopened. */
export interface Undoable {
  readonly label: string;
  readonly draft: Draft;
  readonly skipped: boolean;
  readonly until: number;
}
