import { type OperationId, operations } from "../../../contracts/generated/v2/operations";
import { nearest } from "../../../contracts/nearest";
import type { Failure } from "../errors";
import type { DocumentedAnswer } from "./documented-answers";
import documentedAnswers from "./generated/documented-answers";

/** What is answered to wishes that cannot be granted, with what could be wished instead. */
export const impossible = {
  code: (id: OperationId, code = ""): Failure<400> =>
    refusal(
      `code=${code} is none of the answers to ${operations[id].title}`,
      `code is one of ${operations[id].statuses.join(", ")}.${/^[45]\d\d$/.test(code) ? ` ${faultFor(id, code)}` : ""}`,
    ),

  /** `among` are the answers that were looked through. */
  example: (id: OperationId, name: string, among: readonly DocumentedAnswer[]): Failure<400> => {
    const all = documentedAnswers[id].responses;
    const elsewhere = all.filter((answer) => namesOf(answer).includes(name)).map(({ code }) => code);
    const meant = nearest(name, among.flatMap(namesOf));
    const shown = among.some(hasBody) ? among : all;
    const hint = [
      ...(elsewhere.length > 0 ? [`It is an example of ${elsewhere.join(", ")}.`] : []),
      ...(meant === undefined ? [] : [`Did you mean ${meant}?`]),
      `There are: ${shown
        .filter(hasBody)
        .map((answer) => `${answer.code} ${namesOf(answer).join(", ")}`)
        .join("; ")}.`,
    ];
    const place = among.length === 1 ? `${operations[id].title} ${among[0]?.code}` : operations[id].title;
    return refusal(`example=${name} is none of the examples of ${place}`, hint.join(" "));
  },

  body: (id: OperationId, { code }: DocumentedAnswer): Failure<400> => {
    const others = documentedAnswers[id].responses.filter(hasBody).map((answer) => answer.code);
    const hint = `A body can be made up for ${others.join(", ")}; ${code} has none, so ask for code=${code} alone.`;
    return refusal(`dynamic: ${operations[id].title} ${code} has no body`, hint);
  },

  both: (): Failure<400> =>
    refusal(
      "example and dynamic exclude each other",
      "An example is ready, and a dynamic body is made up: ask for one of them.",
    ),

  dynamic: (value: string): Failure<400> => refusal(`dynamic must be true or false, not ${value}`, "Send dynamic=true."),

  seed: (): Failure<400> =>
    refusal("seed is not usable", "A seed has up to 64 letters, digits, dots, dashes and underscores: seed=7."),
};

/** What answers with a status that is documented for no operation, or for others. */
function faultFor(id: OperationId, code: string): string {
  return `For another, arm a fault: POST {"fault": "status", "status": ${code}, "operation": "${id}", "first": 1} to /__mock/faults.`;
}

function refusal(detail: string, hint: string): Failure<400> {
  return { status: 400, detail: `Prefer: ${detail}`, hint };
}

function namesOf({ contents: [body] }: DocumentedAnswer): string[] {
  return body ? body.examples.map(({ key }) => key) : [];
}

function hasBody({ contents }: DocumentedAnswer): boolean {
  return contents.length > 0;
}
