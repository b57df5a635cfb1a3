import { distance } from "fastest-levenshtein";
import type { AskedRequest } from "./answer-book";
import type { RecordedAnswer } from "./recorded-answer";

const LONGEST_COMPARED = 300;

/** What was recorded that is the most like a request, and in what it differs, for people. The request is as the recording has it. */
export function nearestRecorded(request: AskedRequest, answers: readonly RecordedAnswer[]): string {
  const [first] = answers;
  if (!first) return "Nothing was recorded.";
  const compared = written(request).slice(0, LONGEST_COMPARED);
  const known = new Map<string, number>();
  const unlike = (answer: RecordedAnswer): number => {
    const key = written(answer);
    const words = known.get(key) ?? distance(compared, key.slice(0, LONGEST_COMPARED)) * 2;
    known.set(key, words);
    return words + Number(answer.token !== request.token) + Number(answer.sent !== request.sent);
  };
  const nearest = answers.reduce(
    (best, answer) => {
      const by = unlike(answer);
      return by < best.by ? { answer, by } : best;
    },
    { answer: first, by: Number.POSITIVE_INFINITY },
  ).answer;
  return `The nearest recorded: ${written(nearest)}${differences(request, nearest)}.`;
}

function written({ method, path, query }: AskedRequest): string {
  return `${method} ${path}${query === "" ? "" : `?${query}`}`;
}

function differences(request: AskedRequest, nearest: RecordedAnswer): string {
  const body = nearest.sent === "" ? "without a body" : request.sent === "" ? "with a body" : "with another body";
  const token =
    nearest.token === undefined ? "without a token" : request.token === undefined ? "with a token" : "with another token";
  const found = [...(nearest.sent === request.sent ? [] : [body]), ...(nearest.token === request.token ? [] : [token])];
  return found.length === 0 ? "" : `, ${found.join(" and ")}`;
}
