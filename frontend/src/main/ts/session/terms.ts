import { type Cell, cellsOf } from "../answer/answers.js";
import type { Protocol } from "../answer/protocol.js";
import type { CampaignDocument, Preferences } from "./contract.js";

/** What a campaign asks of its annotators. */
export class Terms {
  readonly protocol: Protocol;
  readonly cells: readonly Cell[];

  constructor(private readonly document: CampaignDocument) {
    this.protocol = document.protocol.document;
    this.cells = cellsOf(this.protocol);
  }

  get name(): string {
    return this.document.campaign.name;
  }

  /** SHA-256 of the protocol. */
  get digest(): string {
    return this.document.protocol.sha256;
  }

  /** Pairs to hold ready. */
  get prefetch(): number {
    return this.document.campaign.prefetch;
  }

  get leaseSeconds(): number {
    return this.document.campaign.leaseSeconds;
  }

  /** The person confirmed another protocol for this campaign than the one that holds now. */
  unread({ confirmed }: Preferences): boolean {
    const digest = confirmed?.[this.document.campaign.id];
    return digest !== undefined && digest !== this.digest;
  }

  /** The preferences of a person who has read the protocol. */
  read({ confirmed }: Preferences): Preferences {
    return { confirmed: { ...confirmed, [this.document.campaign.id]: this.digest } };
  }
}
