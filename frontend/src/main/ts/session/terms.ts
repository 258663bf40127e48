import { type Cell, cellsOf } from "../answer/answers.js";
import type { Protocol } from "../answer/protocol.js";
import type { CampaignDocument, ExamplePictures, ProtocolVersion } from "../contract/campaign.js";

/** What a campaign asks of its annotators, under one version of its protocol. */
export class Terms {
  readonly protocol: Protocol;
  readonly cells: readonly Cell[];

  constructor(
    private readonly campaign: CampaignDocument["campaign"],
    private readonly version: ProtocolVersion,
  ) {
    this.protocol = version.document;
    this.cells = cellsOf(this.protocol);
  }

  get name(): string {
    return this.campaign.name;
  }

  /** SHA-256 of the protocol. */
  get digest(): string {
    return this.version.sha256;
  }

  /** What a worked example shows, by its place in the document. */
  picturesOf(example: number): ExamplePictures | undefined {
    return this.version.examplePictures?.[example];
  }

  /** All that the worked examples show, in the order of the document. */
  get illustrations(): readonly ExamplePictures[] {
    return this.version.examplePictures ?? [];
  }

  /** Pairs to hold ready. */
  get prefetch(): number {
    return this.campaign.prefetch;
  }

  get leaseSeconds(): number {
    return this.campaign.leaseSeconds;
  }

  /** The same campaign under another version. */
  under(version: ProtocolVersion): Terms {
    return new Terms(this.campaign, version);
  }
}
