/**
 * The workspace's service worker: with it a reload brings the workspace back when there is no network. It only ever steps
 * in where the network fails, so that no old page, file or answer lives on; copies of files belong to one build, copies of
 * answers and pictures to one account. Served with `BUILD` set before it.
 */
import { campaignOf, type Needs, offlinePage, SESSION, SHELL, treatmentOf } from "./offline/rules.js";

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
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: Extendable) => void): void;
  addEventListener(type: "fetch", listener: (event: Fetching) => void): void;
  addEventListener(type: "message", listener: (event: Extendable & { readonly data: Needs }) => void): void;
};

const PREFIX = "diptych-workspace-";
const FILES = `${PREFIX}shell-${scope.BUILD ?? ""}`;
const DATA = `${PREFIX}data`;
const PICTURES = `${PREFIX}pictures`;

/** After this long without an answer a copy is used, in milliseconds; a page may take longer to begin. */
const PATIENCE = 3000;
const PAGE_PATIENCE = 8000;

scope.addEventListener("install", (event) => event.waitUntil(install()));
scope.addEventListener("activate", (event) => event.waitUntil(activate()));
scope.addEventListener("message", (event) => event.waitUntil((work = work.catch(() => undefined).then(() => prepare(event.data)))));
scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  switch (origin === location.origin ? treatmentOf(request.method, request.mode, pathname) : undefined) {
    case "page":
      return event.respondWith(page(request, campaignOf(pathname)!));
    case "shell":
      return event.respondWith(fresh(request, FILES, pathname));
    case "data":
      return event.respondWith(data(request, pathname));
    case "picture":
      return event.respondWith(picture(request, pathname));
    case "preferences":
      return event.respondWith(preferences(event));
    case undefined:
      return;
  }
});

/** One wish after the other. */
let work: Promise<unknown> = Promise.resolve();

async function install(): Promise<void> {
  const cache = await caches.open(FILES);
  await cache.addAll(SHELL.map((path) => new Request(path, { cache: "reload" })));
  await scope.skipWaiting();
}

async function activate(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(`${PREFIX}shell-`) && name !== FILES);
  await Promise.all(old.map((name) => caches.delete(name)));
  await scope.clients.claim();
}

async function prepare(needs: Needs): Promise<void> {
  for (const path of needs.data ?? []) {
    await data(new Request(path, { cache: "no-store" }), path).catch(() => undefined);
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
    await cache.add(path).catch(() => undefined); // no network, or no room: the picture is got when it is needed
  }
}

async function page(request: Request, campaign: string): Promise<Response> {
  try {
    return await reached(request, PAGE_PATIENCE);
  } catch {
    const headers = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" };
    return new Response(offlinePage(campaign), { headers });
  }
}

/** From the server, else the copy. */
async function fresh(request: Request, from: string, path: string): Promise<Response> {
  try {
    return await reached(request, PATIENCE);
  } catch (error) {
    const copy = await (await caches.open(from)).match(path);
    if (copy) {
      return copy;
    }
    throw error;
  }
}

async function data(request: Request, path: string): Promise<Response> {
  const response = await fresh(request, DATA, path);
  if (path === SESSION && response.status === 401) {
    await forget();
  } else if (response.ok) {
    if (path === SESSION) {
      await knowAccount(response.clone());
    }
    await (await caches.open(DATA)).put(path, response.clone()).catch(() => undefined);
  }
  return response;
}

/** What was kept for another account goes before anything is kept for this one. */
async function knowAccount(session: Response): Promise<void> {
  const before = await (await caches.open(DATA)).match(SESSION);
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

async function picture(request: Request, path: string): Promise<Response> {
  return (await (await caches.open(PICTURES)).match(path)) ?? fetch(request);
}

/** The kept answer says how the person likes to work; it must not fall behind. */
async function preferences(event: Fetching): Promise<Response> {
  const response = await fetch(event.request);
  if (response.ok) {
    event.waitUntil(data(new Request(SESSION, { cache: "no-store" }), SESSION).catch(() => undefined));
  }
  return response;
}

/** The server's own answer; a gateway that has lost the server is as good as no network. */
async function reached(request: Request, patience: number): Promise<Response> {
  const response = await Promise.race([
    fetch(request),
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error("too slow")), patience)),
  ]);
  if (response.status >= 502 && response.status <= 504) {
    throw new Error(`${response.status}`);
  }
  return response;
}
