/** What a campaign asks, as the server says; see the REST description of /api/v1/annotate. */
import type { Protocol } from "../answer/protocol.js";

export interface Progress {
  readonly mine: number;
  readonly today: number;
  readonly open: number;
  readonly wanted: number;
  readonly filled: number;
}

export interface Image {
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly original: string;
  readonly display: string;
  readonly thumbnail: string;
}

export interface ExamplePictures {
  readonly source: Image;
  /** One where edits are rated, two where they are compared. */
  readonly edits: readonly Image[];
}

export interface ProtocolVersion {
  readonly sha256: string;
  readonly reference: string;
  readonly document: Protocol;
  /** What the worked examples show, in their order; none for a protocol that has no pictures. */
  readonly examplePictures?: readonly ExamplePictures[];
}

export interface CampaignDocument {
  readonly campaign: { readonly id: string; readonly name: string; readonly prefetch: number; readonly leaseSeconds: number };
  readonly protocol: ProtocolVersion;
  readonly progress: Progress;
}
