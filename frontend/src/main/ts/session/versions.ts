import type { Api } from "./api.js";
import type { Progress, ProtocolChange } from "./contract.js";
import { Undelivered } from "./failures.js";
import { Terms } from "./terms.js";

/**
 * The versions of the protocol that pairs are judged under. A pair keeps the version that it was leased under; a version
 * that the annotator does not know yet has to be read and confirmed before its first pair is shown.
 */
export class Versions {
  /** The version that the campaign had when the page began. */
  latest: Terms | undefined;
  /** What has to be read. */
  change: ProtocolChange | undefined;
  private readonly known = new Map<string, Terms>();
  /** It is not known whether there is something to read. */
  private unasked = false;

  constructor(
    private readonly api: Api,
    private readonly campaign: string,
    private readonly language: () => string,
  ) {}

  /** Reads the campaign. */
  async read(): Promise<Progress> {
    const { campaign, protocol, progress } = await this.api.campaign(this.campaign);
    this.latest = new Terms(campaign, protocol);
    this.known.set(protocol.sha256, this.latest);
    await this.ask();
    return progress;
  }

  of(digest: string): Terms | undefined {
    return this.known.get(digest);
  }

  /** Whether pairs under this version can be shown now. */
  ready(digest: string): boolean {
    return this.known.has(digest) && !this.mustRead(digest);
  }

  /** Whether what changed in this version has to be confirmed first. */
  mustRead(digest: string): boolean {
    return this.change?.to.sha256 === digest;
  }

  /** Makes a version known that a pair came under. */
  async learn(digest: string): Promise<void> {
    const { latest } = this;
    if (latest && !this.known.has(digest)) {
      const version = await this.api.protocol(this.campaign, digest);
      await this.ask();
      this.known.set(digest, latest.under(version));
    } else if (this.unasked) {
      await this.ask();
    }
  }

  /** The annotator has read what changed; kept by the server. */
  async confirm(): Promise<void> {
    if (this.change) {
      await this.api.confirmGuideline(this.campaign, this.change.to.sha256);
      this.change = undefined;
    }
  }

  /** Asks what has to be read. Without a network there are only pairs of versions that were known before. */
  async ask(): Promise<void> {
    try {
      this.change = (await this.api.protocolChange(this.campaign, this.language())) ?? undefined;
      this.unasked = false;
    } catch (error) {
      if (!(error instanceof Undelivered)) {
        throw error;
      }
      this.unasked = true;
    }
  }
}
