/**
 * Which requests of the workspace can be answered without a network, and how. Pure, so that they can be tested. Paths are
 * those inside the product: `within` takes away what it is served under.
 */

/** The page's own files: all that the workspace needs to begin. */
export const SHELL: readonly string[] = [
  "/wc/workspace.js",
  "/wc/picture-worker.js",
  "/wc/tokens.css",
  "/aura/fonts/InstrumentSans/InstrumentSans.woff2",
];

/** Who is signed in. */
export const SESSION = "/api/v1/session";

/** The path inside the product of something that is served; undefined for what lies outside of it. */
export function within(base: string, path: string): string | undefined {
  return path.startsWith(base) ? path.slice(base.length - 1) : undefined;
}

export type Treatment =
  /** The page: from the server; without one a plain page that carries the same workspace. */
  | "page"
  /** A file of the page: from the server; without one the copy of this build. */
  | "shell"
  /** An answer that the workspace begins with: from the server; without one the last answer. */
  | "data"
  /** A picture never changes under its address: the copy, if there is one. */
  | "picture"
  /** Changes what `data` has. */
  | "preferences"
  /** Asks whether the page around the workspace is still known to the server; that page would reload itself if not. */
  | "heartbeat";

/** How a request is treated; undefined for all that is none of our business. */
export function treatmentOf(method: string, mode: string, path: string, query = ""): Treatment | undefined {
  if (method === "POST" && path === "/" && /[?&]v-r=heartbeat(&|$)/.test(query)) {
    return "heartbeat";
  }
  if (method === "PATCH" && path === "/api/v1/session/preferences") {
    return "preferences";
  }
  if (method !== "GET") {
    return undefined;
  }
  if (mode === "navigate") {
    return campaignOf(path) === undefined ? undefined : "page";
  }
  if (SHELL.includes(path)) {
    return "shell";
  }
  if (path === SESSION || /^\/api\/v1\/annotate\/campaigns\/[^/]+(\/qualification|\/protocols\/\w+)?$/.test(path)) {
    return "data";
  }
  return path.startsWith("/images/") ? "picture" : undefined;
}

/** The campaign whose workspace a page's address names. */
export function campaignOf(path: string): string | undefined {
  return /^\/annotate\/([^/.]+)\/?$/.exec(path)?.[1];
}

/**
 * The workspace without the page that usually carries it.
 *
 * @param base path that the product is served under
 * @param language what the browser prefers
 */
export function offlinePage(campaign: string, base: string, language = "en"): string {
  const id = decodeURIComponent(campaign).replace(/[^\w-]/g, "");
  return `<!doctype html>
<html lang="${language.replace(/[^\w-]/g, "")}">
<head>
<meta charset="utf-8">
<base href="${base.replace(/["&<>]/g, encodeURIComponent)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Diptych</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="wc/tokens.css">
<style>body { margin: 0 }</style>
</head>
<body>
<annotation-workspace campaign="${id}" language=""></annotation-workspace>
<script type="module" src="wc/workspace.js"></script>
</body>
</html>`;
}

/** Told by the page to the worker: what to have at hand. Paths are as they are served. */
export interface Needs {
  /** Answers to get afresh; only when a page begins. */
  readonly data?: readonly string[];
  /** Pictures of the pairs that wait; all others are forgotten. */
  readonly pictures: readonly string[];
}
