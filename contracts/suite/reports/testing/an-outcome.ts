import type { CheckOutcome } from "../../report";

/** What came of law 7, which holds unless said otherwise. */
export function anOutcome(fields: Partial<CheckOutcome> = {}): CheckOutcome {
  const isDeviation = fields.verdict === "fail" || fields.verdict === "added";
  return {
    id: "law-7",
    check: "law",
    law: 7,
    title: "find agrees with get",
    operation: "findChat",
    kind: "read",
    verdict: "pass",
    clause: "#/paths/~1chats~1find/get/responses/200",
    assumptions: [],
    exchanges: [],
    requests: 2,
    ms: 31,
    ...(isDeviation && { fingerprint: `${fields.id ?? "law-7"}#9f2c11ab` }),
    ...fields,
  };
}

/** What came of the shape of an answer; without the number that a law has. */
export function aShape(fields: Partial<CheckOutcome> = {}): CheckOutcome {
  const { law: _, ...outcome } = anOutcome({
    id: "shape-findChat-200",
    check: "shape",
    title: "the shape of findChat 200",
    ...fields,
  });
  return outcome;
}
