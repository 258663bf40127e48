import type { Assignment } from "../contract/assignment.js";
import type { Image } from "../contract/campaign.js";

/** The addresses of a pair's pictures in the order in which they are needed. Sides are as displayed. */
export function picturesOf({ source, left, right }: Assignment): string[] {
  return [source, left, right].map(addressOf);
}

/** The picture as it was imported: a judgement on artefacts must not see those of a smaller copy. */
export function addressOf(image: Image): string {
  return image.original;
}
