import { errorCodes } from "../../contracts/generated/v3/error-codes";
import { nearest } from "../../contracts/spelling-suggestion";
import { Failure } from "../server/failure";
import type { Preference } from "../server/preference";

/** What a version says of an operation, for this. */
export interface AnsweringOperation {
  readonly title: string;
  readonly answers: DocumentedAnswers;
}

/** One of the documented answers to an operation. */
export interface ChosenAnswer {
  readonly status: number;
  readonly assumptions: readonly string[];
  /** The name of an example. Without one, it is the first. */
  readonly example: string | undefined;
  /** What a body is made up from. Without one, it is that of an example. */
  readonly seed: string | undefined;
}

const DEFAULT_SEED = "1";
const SEED = /^[\w.-]{1,64}$/;

/** Finds the answer that a caller prefers, or says what there is to prefer. Without a status, it is the lowest possible. */
export function chooseAnswer(operation: AnsweringOperation, preferred: Preference): ChosenAnswer | Failure<400> {
  const { code, example, dynamic, seed = "" } = preferred;
  if (dynamic !== undefined && !["", "true"].includes(dynamic)) return impossible.dynamic(dynamic);
  if (dynamic !== undefined && example !== undefined) return impossible.both();
  const answers = operation.answers.responses.filter((answer) => code === undefined || answer.code === code);
  const [first] = answers;
  if (!first) return impossible.code(operation, code);
  if (example !== undefined) {
    const answer = answers.find(({ contents: [body] }) => body?.examples.some(({ key }) => key === example));
    if (!answer) return impossible.example(operation, example, answers);
    return { status: Number(answer.code), assumptions: answer.assumptions, example, seed: undefined };
  }
  const found = { status: Number(first.code), assumptions: first.assumptions, example: undefined };
  if (dynamic === undefined) return { ...found, seed: undefined };
  if (first.contents.length === 0) return impossible.body(operation, first);
  if (seed !== "" && !SEED.test(seed)) return impossible.seed();
  return { ...found, seed: seed === "" ? DEFAULT_SEED : seed };
}

/** What is answered where there is no such answer, with what there is. */
const impossible = {
  code: ({ title, answers: { id, responses } }: AnsweringOperation, code = ""): Failure<400> =>
    refusal(
      `code=${code} is none of the answers to ${title}`,
      `code is one of ${responses.map((answer) => answer.code).join(", ")}.${otherAnswer(id, code)}`,
    ),

  /** `among` are the answers that were looked through. */
  example: (
    { title, answers: { responses: all } }: AnsweringOperation,
    name: string,
    among: readonly DocumentedAnswer[],
  ): Failure<400> => {
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
    const place = among.length === 1 ? `${title} ${among[0]?.code}` : title;
    return refusal(`example=${name} is none of the examples of ${place}`, hint.join(" "));
  },

  body: ({ title, answers: { responses } }: AnsweringOperation, { code }: DocumentedAnswer): Failure<400> => {
    const others = responses.filter(hasBody).map((answer) => answer.code);
    const hint = `A body can be made up for ${others.join(", ")}; ${code} has none, so ask for code=${code} alone.`;
    return refusal(`dynamic: ${title} ${code} has no body`, hint);
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

/** What answers with a status that is documented for no operation, or for others, or with a code of V3. */
function otherAnswer(id: string, code: string): string {
  const isStatus = /^[45]\d\d$/.test(code);
  if (!isStatus && !Object.hasOwn(errorCodes, code)) return "";
  const [intro, field] = isStatus ? ["For another,", "status"] : [`${code} is a code of V3, not a status; for it,`, "code"];
  return ` ${intro} arm a fault: POST {"fault": "status", "${field}": ${code}, "operation": "${id}", "first": 1} to /__mock/faults.`;
}

function refusal(detail: string, hint: string): Failure<400> {
  return new Failure(400, `Prefer: ${detail}`, { hint });
}

function namesOf({ contents: [body] }: DocumentedAnswer): string[] {
  return body ? body.examples.map(({ key }) => key) : [];
}

function hasBody({ contents }: DocumentedAnswer): boolean {
  return contents.length > 0;
}

/** What the contract says can be answered to an operation, in the form that prism reads. */
export interface DocumentedAnswers {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly responses: readonly DocumentedAnswer[];
}

/** One of them, by its status. */
export interface DocumentedAnswer {
  /** The status. */
  readonly code: string;
  /** What is assumed of it. */
  readonly assumptions: readonly string[];
  readonly headers: readonly { readonly name: string }[];
  /** Empty when the answer has no body. */
  readonly contents: readonly {
    readonly mediaType: string;
    /** What bodies are made up from; not what they are checked against. */
    readonly schema: object;
    readonly examples: readonly { readonly key: string; readonly value: unknown }[];
  }[];
}
