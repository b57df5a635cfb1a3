import type { ContractReport, RecordedExchange } from "../../report";
import { maskPath } from "./mask-path";
import { maskSentence } from "./mask-sentence";
import type { Origin } from "./origin";
import { parameterKind } from "./parameter-kind";
import { partsOf } from "./path-parts";
import type { Pseudonyms } from "./pseudonyms";
import { trailOf } from "./trail-of";
import { type Sentence, walk } from "./walk";

const ID_IN_PATH = /(?<=\/)\d{7,9}(?=[/?]|$)/g;

/** Makes everything known that a report holds. What fails comes first, so that its pseudonyms have the lowest numbers. */
export function collect(report: ContractReport, pseudonyms: Pseudonyms): void {
  const sentences = [
    ...[...inOrderOfInterest(report)].flatMap((exchange) => takeExchange(exchange, pseudonyms)),
    ...compared(report).flatMap(([value, pointer]) => walk(value, nowhere("response", trailOf(pointer)), pseudonyms)),
    ...report.left.flatMap(({ path, undo }) => {
      maskPath(path, pseudonyms);
      return walk(undo.body, nowhere("request", []), pseudonyms);
    }),
  ];
  // when all else is known, so that only words are left which nobody knows
  for (const { text, origin } of sentences) pseudonyms.from(origin, () => maskSentence(text, pseudonyms));
  pseudonyms.begin();
}

function takeExchange(exchange: RecordedExchange, pseudonyms: Pseudonyms): Sentence[] {
  const { request, response } = exchange;
  const asked: Origin = { exchange, side: "request", trail: [], inside: [] };
  for (const id of request.path.match(ID_IN_PATH) ?? []) pseudonyms.ids.add(id);
  for (const { name, value } of partsOf(request.path).query) {
    const kind = parameterKind(name, value);
    if (kind) pseudonyms.add(value, kind, { ...asked, trail: [name] });
  }
  return [...walk(request.body, asked, pseudonyms), ...walk(response.body, { ...asked, side: "response" }, pseudonyms)];
}

function nowhere(side: Origin["side"], trail: readonly string[]): Origin {
  return { exchange: undefined, side, trail, inside: [] };
}

function inOrderOfInterest({ outcomes, differences, assumptions, exchanges }: ContractReport): Set<RecordedExchange> {
  const telling = outcomes.filter(({ verdict }) => verdict === "fail");
  const others = outcomes.filter(({ verdict }) => verdict !== "fail");
  return new Set([
    ...telling.flatMap((outcome) => outcome.exchanges),
    ...differences.map(({ exchange }) => exchange),
    ...others.flatMap((outcome) => outcome.exchanges),
    ...assumptions.flatMap((assumption) => assumption.exchanges),
    ...exchanges,
  ]);
}

/** What was compared, and where it stood. What a shape expects is said in words. */
function compared({ outcomes, differences }: ContractReport): (readonly [unknown, string])[] {
  const ofOutcomes = outcomes.flatMap(({ check, evidence }): [unknown, string][] => {
    if (!evidence) return [];
    const { pointer, expected, received } = evidence;
    return check === "shape"
      ? [[received, pointer]]
      : [
          [expected, pointer],
          [received, pointer],
        ];
  });
  const ofDifferences = differences.flatMap(({ target, mock, pointer }): [unknown, string][] => [
    [target, pointer],
    [mock, pointer],
  ]);
  return [...ofOutcomes, ...ofDifferences];
}
