import type { ProtocolChange } from "../contract/protocol-change.js";
import type { Terms } from "./terms.js";

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

  of(digest: string): Terms | undefined {
    return this.known.get(digest);
  }

  learn(terms: Terms): void {
    this.known.set(terms.digest, terms);
  }

  /** Whether a version was read by this page, and what changed in it by the annotator. */
  stateOf(digest: string): "unknown" | "unread" | "ready" {
    if (this.change?.to.sha256 === digest) {
      return "unread";
    }
    return this.known.has(digest) ? "ready" : "unknown";
  }
}
