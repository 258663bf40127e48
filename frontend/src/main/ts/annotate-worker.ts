/**
 * The workspace's service worker: with it a reload brings the workspace back when there is no network. It only ever steps
 * in where the network fails, so that no old page, file or answer lives on; copies of files belong to one build, copies of
 * answers and pictures to one account. Served with `BUILD` set before it.
 */
import { campaignOf, type Needs, offlinePage, SESSION, SHELL, treatmentOf, within } from "./offline/rules.js";
import { COPY } from "./session/answer.js";
import { suffixOf } from "./session/base.js";

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Fetching extends Extendable {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

const scope = globalThis as unknown as {
  readonly BUILD?: string;
  readonly clients: { claim(): Promise<void> };
  readonly registration: { readonly scope: string };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: Extendable) => void): void;
  addEventListener(type: "fetch", listener: (event: Fetching) => void): void;
  addEventListener(type: "message", listener: (event: Extendable & { readonly data: Needs }) => void): void;
};

/** What the product is served under; the worker has the folder below it. */
const BASE = new URL("..", scope.registration.scope).pathname;

const PREFIX = "diptych-workspace-";
const SHELLS = `${PREFIX}shell${suffixOf(BASE)}-`;
const FILES = `${SHELLS}${scope.BUILD ?? ""}`;
const DATA = `${PREFIX}data${suffixOf(BASE)}`;
const PICTURES = `${PREFIX}pictures${suffixOf(BASE)}`;

/** After this long without an answer a copy is used, in milliseconds; a page may take longer to begin. */
const PATIENCE = 3000;
const PAGE_PATIENCE = 8000;

scope.addEventListener("install", (event) => event.waitUntil(install()));
scope.addEventListener("activate", (event) => event.waitUntil(activate()));
scope.addEventListener("message", (event) => event.waitUntil((work = work.catch(() => undefined).then(() => prepare(event.data)))));
scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  const path = origin === location.origin ? within(BASE, pathname) : undefined;
  switch (path === undefined ? undefined : treatmentOf(request.method, request.mode, path, search)) {
    case "page":
      return event.respondWith(page(request, campaignOf(path!)!));
    case "shell":
      return event.respondWith(shell(request));
    case "data":
      return event.respondWith(data(request));
    case "picture":
      return event.respondWith(picture(request));
    case "preferences":
      return event.respondWith(preferences(event));
    case "heartbeat":
      // the workspace notices by itself that a sign-in has ended, and stays
      return event.respondWith(Promise.resolve(new Response("")));
    case undefined:
      return;
  }
});

/** One wish after the other. */
let work: Promise<unknown> = Promise.resolve();

async function install(): Promise<void> {
  const cache = await caches.open(FILES);
  for (const path of SHELL) {
    const request = new Request(served(path), { cache: "reload" });
    const response = await fetch(request);
    if (!isFile(response)) {
      throw new Error(`${path}: ${response.status}`);
    }
    await cache.put(request, response);
  }
  await scope.skipWaiting();
}

async function activate(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(SHELLS) && name !== FILES);
  await Promise.all(old.map((name) => caches.delete(name)));
  await scope.clients.claim();
}

async function prepare(needs: Needs): Promise<void> {
  for (const path of needs.data ?? []) {
    await data(new Request(path, { cache: "no-store" })).catch(() => undefined);
  }
  const cache = await caches.open(PICTURES);
  const wanted = new Set(needs.pictures);
  for (const kept of await cache.keys()) {
    const { pathname } = new URL(kept.url);
    if (!wanted.delete(pathname)) {
      await cache.delete(kept);
    }
  }
  for (const path of wanted) {
    await keepPicture(cache, path).catch(() => undefined); // no network, or no room: the picture is got when it is needed
  }
}

/** A picture stays under its address for good, so nothing else may ever come to be kept there. */
async function keepPicture(cache: Cache, path: string): Promise<void> {
  const response = await fetch(path, { redirect: "error" });
  if (response.ok && typeOf(response).startsWith("image/")) {
    await cache.put(path, response);
  }
}

async function page(request: Request, campaign: string): Promise<Response> {
  try {
    return await reached(request, PAGE_PATIENCE);
  } catch {
    const headers = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" };
    return new Response(offlinePage(campaign, BASE, navigator.language), { headers });
  }
}

/** From the server, else the copy; what is no file, such as the sign-in page of a network, is not from the server. */
async function shell(request: Request): Promise<Response> {
  return fresh(request, FILES, isFile);
}

async function data(request: Request): Promise<Response> {
  const session = new URL(request.url).pathname === served(SESSION);
  const response = await fresh(request, DATA, () => true);
  if (response.headers.has(COPY)) {
    return response;
  }
  if (session && response.status === 401) {
    await forget();
  } else if (response.ok && /\bjson\b/.test(typeOf(response))) {
    if (session) {
      await knowAccount(response.clone());
    }
    await (await caches.open(DATA)).put(request.url, response.clone()).catch(() => undefined);
  }
  return response;
}

/** From the server, where its answer will do, else the copy, which says that it is one. */
async function fresh(request: Request, from: string, good: (response: Response) => boolean): Promise<Response> {
  let response: Response | undefined;
  try {
    response = await reached(request, PATIENCE);
    if (good(response)) {
      return response;
    }
  } catch (error) {
    response = error instanceof Response ? error : undefined;
  }
  const copy = await (await caches.open(from)).match(new URL(request.url).pathname);
  if (copy) {
    const headers = new Headers(copy.headers);
    headers.set(COPY, "true");
    return new Response(copy.body, { status: copy.status, headers });
  }
  return response ?? Response.error();
}

/** What was kept for another account goes before anything is kept for this one. */
async function knowAccount(session: Response): Promise<void> {
  const before = await (await caches.open(DATA)).match(served(SESSION));
  if (before && (await accountOf(before)) !== (await accountOf(session))) {
    await forget();
  }
}

async function accountOf(session: Response): Promise<string> {
  return ((await session.json()) as { account: { id: string } }).account.id;
}

async function forget(): Promise<void> {
  await Promise.all([caches.delete(DATA), caches.delete(PICTURES)]);
}

async function picture(request: Request): Promise<Response> {
  return (await (await caches.open(PICTURES)).match(new URL(request.url).pathname)) ?? fetch(request);
}

/** The kept answer says how the person likes to work; it must not fall behind. */
async function preferences(event: Fetching): Promise<Response> {
  const response = await fetch(event.request);
  if (response.ok) {
    event.waitUntil(data(new Request(served(SESSION), { cache: "no-store" })).catch(() => undefined));
  }
  return response;
}

/** The server's own answer; a gateway that has lost the server is as good as no network, and rejects with its answer. */
async function reached(request: Request, patience: number): Promise<Response> {
  const response = await Promise.race([
    fetch(request),
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error("too slow")), patience)),
  ]);
  if (response.status >= 502 && response.status <= 504) {
    throw response;
  }
  return response;
}

function served(path: string): string {
  return BASE + path.slice(1);
}

function isFile(response: Response): boolean {
  return response.ok && !response.redirected && typeOf(response) !== "" && !typeOf(response).includes("html");
}

function typeOf(response: Response): string {
  return response.headers.get("Content-Type") ?? "";
}
