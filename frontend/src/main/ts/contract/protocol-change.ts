/** What changed in a protocol, as the server says. */

/** What changed between two versions of a protocol. */
export interface ProtocolChange {
  readonly from: ChangedVersion;
  readonly to: ChangedVersion;
  readonly sections: readonly ChangedSection[];
}

export interface ChangedVersion {
  readonly reference: string;
  readonly version: number;
  readonly sha256: string;
  readonly title: string;
}

export interface ChangedSection {
  readonly part:
    | "purpose"
    | "dimension"
    | "criterion"
    | "level"
    | "rule"
    | "skip_reason"
    | "guideline"
    | "example"
    | "example_answer";
  readonly title: string;
  readonly change: "added" | "removed" | "changed";
  readonly runs: readonly { readonly kind: "same" | "inserted" | "deleted"; readonly text: string }[];
}
