import type { Api } from "./api.js";
import { Undelivered } from "./failures.js";
import type { State } from "./state.js";
import { Terms } from "./terms.js";

/** Reads the versions of the protocol, and what the annotator has to read because it changed. */
export class VersionReader {
  /** It is not known whether there is something to read. */
  private unasked = false;
  /** How often something was confirmed: what the server said before the last time says nothing of what is left to read. */
  private confirmations = 0;
  /** Versions that are being read, by their digests. */
  private readonly learning = new Map<string, Promise<void>>();

  constructor(
    private readonly api: Pick<Api, "campaign" | "protocol" | "protocolChange" | "confirmGuideline">,
    private readonly state: State,
    private readonly language: () => string,
  ) {}

  /** Reads the campaign. */
  async read(): Promise<void> {
    const { versions, campaign: id } = this.state;
    const { campaign, protocol, progress } = await this.api.campaign(id);
    versions.latest = new Terms(campaign, protocol);
    versions.learn(versions.latest);
    await this.ask();
    this.state.progress = progress;
  }

  /** Makes a version known that a pair came under; pairs that come under it meanwhile wait for the same answer. */
  learn(digest: string): Promise<void> {
    const begun = this.learning.get(digest);
    if (begun) {
      return begun;
    }
    const learning = this.fetch(digest).finally(() => this.learning.delete(digest));
    this.learning.set(digest, learning);
    return learning;
  }

  private async fetch(digest: string): Promise<void> {
    const { versions, campaign } = this.state;
    if (versions.latest && !versions.of(digest)) {
      const version = await this.api.protocol(campaign, digest);
      this.state.refusal = undefined;
      await this.ask();
      versions.learn(versions.latest.under(version));
    } else if (this.unasked) {
      await this.ask();
    }
    this.state.changed();
  }

  /** The annotator has read what changed; kept by the server. */
  async confirm(): Promise<void> {
    const { versions, campaign } = this.state;
    if (versions.change) {
      await this.api.confirmGuideline(campaign, versions.change.to.sha256);
      this.confirmations++;
      versions.change = undefined;
      this.state.changed();
    }
  }

  /** Asks what has to be read. Without a network there are only pairs of versions that were known before. */
  async ask(): Promise<void> {
    try {
      let asked;
      let change;
      do {
        asked = this.confirmations;
        change = await this.api.protocolChange(this.state.campaign, this.language());
      } while (asked !== this.confirmations);
      this.state.versions.change = change ?? undefined;
      this.unasked = false;
    } catch (error) {
      if (!(error instanceof Undelivered)) {
        throw error;
      }
      this.unasked = true;
    }
  }
}
