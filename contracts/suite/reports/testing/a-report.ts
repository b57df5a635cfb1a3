import type { ContractReport } from "../../report";
import { anOutcome } from "./an-outcome";

const LINE = "+12052761148";

/** What a run has found: that law 7 holds, unless said otherwise. The exchanges are those of its outcomes. */
export function aReport(fields: Partial<ContractReport> = {}): ContractReport {
  const { outcomes = [anOutcome()] } = fields;
  return {
    target: "https://api.linqapp.com",
    isOwnMock: false,
    startedAt: "2026-11-25T10:00:00.000Z",
    ms: 4_321,
    seed: 1,
    line: LINE,
    allowed: ["read"],
    requests: { read: 42, write: 0, visible: 0, send: 0 },
    assumptions: [],
    differences: [],
    left: [],
    exchanges: [...new Set(outcomes.flatMap(({ exchanges }) => exchanges))],
    ...fields,
    outcomes,
  };
}
