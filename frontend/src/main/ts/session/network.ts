import { OtherAccount, SignedOut, Troubled, type Undelivered } from "./failures.js";

/** What the page says of the way to the server. */
export type NetworkState = "saved" | "saving" | "unstored" | "offline" | "troubled" | "signed-out";

/** @param undelivered what does not get through, if anything does not */
export function networkOf(undelivered: Undelivered | undefined, unstored: boolean, saving: boolean): NetworkState {
  if (undelivered instanceof SignedOut || undelivered instanceof OtherAccount) {
    return "signed-out";
  }
  if (undelivered) {
    return undelivered instanceof Troubled ? "troubled" : "offline";
  }
  return unstored ? "unstored" : saving ? "saving" : "saved";
}

/** States of the way to the server in which a judgement has to wait. */
export function stuck(network: NetworkState): boolean {
  return network === "offline" || network === "troubled" || network === "signed-out";
}
