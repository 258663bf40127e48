import type { Receipt } from "../contract/label.js";
import type { Parcel } from "../outbox/parcel.js";
import type { Notice } from "./notice.js";
import type { Work } from "./work.js";

/** What happens in a session. */
export interface Events {
  /** Something to be shown changed. */
  change: void;
  /** Something is to be said once. */
  notice: Notice;
  /** A pair is to be judged under the protocol with this digest. */
  governed: string;
  /** The pairs on the desk are others than before. */
  stocked: readonly Work[];
  /** A call did not get through, or was refused. */
  failed: unknown;
  /** The server has a judgement. */
  delivered: { readonly parcel: Parcel; readonly receipt: Receipt };
  /** So many judgements were sent after having been stuck. */
  unstuck: number;
  /** The page's own account is signed in again. */
  resumed: void;
  /** The way into the queue is free. */
  trained: void;
}
