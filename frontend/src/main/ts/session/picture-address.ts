import type { Assignment } from "../contract/assignment.js";
import type { ExamplePictures, Image } from "../contract/campaign.js";

/** The addresses of a pair's pictures in the order in which they are needed. Sides are as displayed. */
export function picturesOf({ source, left, right }: Assignment): string[] {
  return [source, left, right].map(addressOf);
}

/** The addresses of a worked example's pictures: in full for the exercise, as they are shown in the guideline. */
export function illustrationsOf({ source, edits }: ExamplePictures): string[] {
  return [source, ...edits].flatMap((image) => [addressOf(image), image.display]);
}

/** The picture as it was imported: a judgement on artefacts must not see those of a smaller copy. */
export function addressOf(image: Image): string {
  return image.original;
}
