import type { SubmittedAnswers } from "../answer/answers.js";
import type { Protocol } from "../answer/protocol.js";
import type { Feedback } from "../training/training-contract.js";

/** What the server sends and takes; see the REST description of /api/v1/annotate. */

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly displayName: string | null;
  readonly role: string;
  readonly language: string | null;
  /** As stored; whatever it is, `preferencesOf` makes something usable of it. */
  readonly preferences: unknown;
  /** IANA name of the time zone in which the account's days begin; null until somebody tells it. */
  readonly zone?: string | null;
}

/** How a person likes to work; kept in the account. */
export interface Preferences {
  /** Command to `KeyboardEvent.code`, where it differs from the default. */
  readonly keys?: Readonly<Record<string, string>>;
  readonly singleKeys?: boolean;
  readonly sourcePosition?: "middle" | "left";
  readonly theme?: "light" | "dark" | "system";
  readonly timer?: boolean;
  /** Active minutes at a stretch after which a pause is suggested; 0 for never, 50 when it was not chosen. */
  readonly pauseAfter?: number;
}

export interface SessionDocument {
  readonly account: Account;
  readonly csrf: { readonly header: string; readonly token: string } | null;
}

export interface Progress {
  readonly mine: number;
  readonly today: number;
  readonly open: number;
  readonly wanted: number;
  readonly filled: number;
}

export interface ProtocolVersion {
  readonly sha256: string;
  readonly reference: string;
  readonly document: Protocol;
  /** What the worked examples show, in their order; none for a protocol that has no pictures. */
  readonly examplePictures?: readonly ExamplePictures[];
}

export interface ExamplePictures {
  readonly source: Image;
  /** One where edits are rated, two where they are compared. */
  readonly edits: readonly Image[];
}

export interface CampaignDocument {
  readonly campaign: { readonly id: string; readonly name: string; readonly prefetch: number; readonly leaseSeconds: number };
  readonly protocol: ProtocolVersion;
  readonly progress: Progress;
}

export interface Image {
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly original: string;
  readonly display: string;
  readonly thumbnail: string;
}

export interface Assignment {
  readonly id: string;
  readonly token: number;
  readonly expiresAt: string;
  readonly serverTime: string;
  readonly instruction: string;
  readonly category: string | null;
  readonly source: Image;
  readonly left: Image;
  readonly right: Image;
  readonly protocolSha256: string;
}

export type EmptyReason = "all_labelled" | "held_by_others" | "skipped_by_you" | "paused" | "closed";

export interface Claims {
  readonly assignments: readonly Assignment[];
  readonly progress: Progress;
  readonly empty: EmptyReason | null;
}

/** How a pair was looked at; stored with the label. Times in milliseconds. */
export interface Attention {
  /** Active time in each view mode. */
  readonly modes: Readonly<Record<string, number>>;
  /** The largest zoom, 1 is "fit". */
  readonly largestZoom: number;
  /** Times the source was shown in place of an edit. */
  readonly flips: number;
  readonly magnifier: boolean;
  readonly guideline: boolean;
  /** Use of the edit-leak evidence; absent when it was never shown. */
  readonly evidence?: { readonly shown: number; readonly milliseconds: number };
}

/** What one edit changed outside the region that it plainly touched. Shares are 0..1. */
export interface EvidenceSide {
  /** Share of the rest that changed noticeably; null with a reason. */
  readonly leak: number | null;
  /** Mean colour difference (CIE94) of that share. */
  readonly strength: number | null;
  /** Share of the picture in the touched region, and its connected parts. */
  readonly touched: number | null;
  readonly parts: number | null;
  readonly reason: "pending" | "whole_picture" | "no_region" | "unchanged" | "unreadable" | null;
  /** Where the map is. */
  readonly overlay: string | null;
}

/** Evidence for a pair, in the sides that are shown. */
export interface Evidence {
  readonly left: EvidenceSide;
  readonly right: EvidenceSide;
}

export interface Submission {
  /** Made by the client: the same id is never counted twice. */
  readonly id: string;
  readonly assignment: string;
  readonly token: number;
  readonly answers?: SubmittedAnswers;
  readonly skip?: { readonly reason: string };
  readonly comment?: string;
  readonly flagged?: boolean;
  readonly activeMilliseconds: number;
  readonly firstAnswerMilliseconds?: number;
  readonly attention?: Attention;
  readonly supersedes?: string;
}

export interface Receipt {
  readonly id: string;
  readonly status: "accepted" | "duplicate" | "extra";
  readonly progress: Progress;
  /** The known answer, when the pair had one and the campaign tells it. */
  readonly feedback?: Feedback;
}

export interface OwnLabel {
  readonly id: string;
  readonly assignment: Assignment;
  readonly answers: SubmittedAnswers | null;
  readonly skipReason?: string | null;
  readonly comment: string | null;
  readonly flagged?: boolean;
  readonly submittedAt: string;
  readonly superseded: boolean;
}

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

/** How the annotator works. */
export interface WorkFigures {
  readonly pace: {
    readonly today: PaceSpan;
    readonly week: PaceSpan;
    readonly days: readonly { readonly date: string; readonly span: PaceSpan }[];
  };
  readonly agreement: {
    readonly pairs: number;
    readonly needed: number;
    readonly dimensions: readonly AgreementRow[];
  };
}

export interface PaceSpan {
  readonly labels: number;
  readonly activeMilliseconds: number;
  readonly labelsPerActiveHour: number | null;
  readonly medianActiveMilliseconds: number | null;
}

export interface AgreementRow {
  readonly dimension: string;
  readonly agreed: number;
  readonly cases: number;
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly chanceCorrected: number | null;
}
