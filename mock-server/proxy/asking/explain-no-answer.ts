import { explainFailure, TargetError } from "../../../contracts/client/errors";
import { NoAnswer } from "./no-answer";

const CHECK = "Check --target, the server there and the network.";

/** Why a request to a server has failed. */
export function explainNoAnswer(url: URL, error: unknown, wasAnswering: boolean): NoAnswer {
  if (error instanceof NoAnswer) return error;
  const code = String((error as { code?: unknown } | undefined)?.code ?? "");
  if (code.startsWith("HPE_")) return new NoAnswer(502, `${url.origin} does not speak HTTP as it should (${code})`, CHECK);
  if (wasAnswering) return new NoAnswer(502, "the connection ended in the middle of the answer", CHECK);
  try {
    return new NoAnswer(502, explainFailure(url, { cause: error }), CHECK);
  } catch (hopeless) {
    if (!(hopeless instanceof TargetError)) throw hopeless;
    return new NoAnswer(502, hopeless.message, CHECK);
  }
}
