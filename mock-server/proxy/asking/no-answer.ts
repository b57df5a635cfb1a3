import type { NoAnswer, NoAnswerKind } from "../../../contracts/client/errors";
import type { Failure } from "../../server/failure";

const CHECK = "Check --target, the server there and the network.";

const HINTS: Readonly<Record<NoAnswerKind, string>> = {
  timeout: "Give it more time with --timeout <seconds>.",
  "too-large": "Ask for less at once.",
  encoding: "The target compresses without being asked to; have it honour Accept-Encoding: identity.",
  stopped: "Ask again, once the proxy runs.",
  hopeless: CHECK,
  failed: CHECK,
};

export function hintOf({ kind }: NoAnswer): string {
  return HINTS[kind];
}

/** What is answered for a target that has not answered. */
export function failureOf(error: NoAnswer): Failure {
  const detail = `The target gave no answer that can be passed on: ${error.message}`;
  return { status: error.kind === "timeout" ? 504 : 502, detail, hint: hintOf(error) };
}
