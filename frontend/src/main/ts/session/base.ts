/**
 * Where the product is served, as the page says: everything it asks for lies below that address, and what it keeps in the
 * browser bears its name, so that two products on one host share nothing.
 */

/** The path of the product; begins and ends with a slash. */
export function basePath(): string {
  return new URL(".", document.baseURI).pathname;
}

/** The path of something that the product serves, by its path inside the product. */
export function address(path: string): string {
  return basePath() + path.replace(/^\//, "");
}

/** A name for something kept in the browser or said between its tabs. */
export function named(name: string): string {
  return name + suffixOf(basePath());
}

/** What tells the names of products at different paths apart; nothing for one that has its host to itself. */
export function suffixOf(base: string): string {
  return base === "/" ? "" : base;
}
