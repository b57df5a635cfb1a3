import type { AnyAssumptionId } from "../../contract-version";
import type { AssumptionOutcome, CheckOutcome, ContractReport } from "../report";

/** By the law that fails and by what the server does, what is otherwise than is assumed for that alone. */
const consequences: readonly (readonly [law: number, does: RegExp, id: AnyAssumptionId])[] = [
  [57, /not active|not made/, "A-webhook-paused"],
];

/** The failure that contradicts an assumption, too: a status that is no documented one, or a law that says more. */
export function failureBehind(
  { id, detail, exchanges }: Pick<AssumptionOutcome, "id" | "detail" | "exchanges">,
  { outcomes }: Pick<ContractReport, "outcomes">,
): CheckOutcome | undefined {
  const failed = outcomes.filter(({ verdict, known }) => verdict === "fail" && !known);
  const last = exchanges.at(-1);
  const isStatus = ({ check, operation, evidence }: CheckOutcome): boolean =>
    check === "shape" &&
    evidence?.what === "status" &&
    operation === last?.operation &&
    evidence.received === last.response.status &&
    detail.includes(`answers ${last.response.status} instead of`);
  const isLaw = ({ law, reason = "" }: CheckOutcome): boolean =>
    consequences.some(([number, does, one]) => one === id && number === law && does.test(reason));
  return failed.find(isStatus) ?? failed.find(isLaw);
}
