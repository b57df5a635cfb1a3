import { Skip } from "../expect";
import type { RecordedExchange } from "../report";
import type { Confirmation, Group } from "./probe";

/* What every answer is checked for. Those that are otherwise contradict it by themselves: the checks of shapes tell of them. */

export const answerTests = {
  "A-always-present": { kind: "seen", conclude: whereFitting(holds(/"id":/), "no answer lacked a field") },
  "A-extra-fields": { kind: "seen", conclude: whereFitting(holds(/"id":/), "no answer had another field") },
  "A-create-success": {
    kind: "seen",
    conclude: whereFitting((seen) => seen.operation === "createChat" && holds(/"id":/)(seen), "no chat was answered with 201"),
  },
} satisfies Group;

/** The lines alone, which every run asks for, say too little. */
function holds(pattern: RegExp) {
  return ({ operation, response }: RecordedExchange): boolean =>
    operation !== "listPhoneNumbers" && pattern.test(response.text);
}

function whereFitting(fits: (exchange: RecordedExchange) => boolean, nothing: string) {
  return (seen: readonly RecordedExchange[]): Confirmation => {
    const count = seen.filter((exchange) => exchange.response.status < 300 && fits(exchange)).length;
    if (count === 0) throw new Skip("nothing of the kind was answered");
    return { inPart: `${nothing} in ${count === 1 ? "1 answer" : `${count} answers`}` };
  };
}
