import { assumptions } from "../../generated/v2/assumptions";
import type { AssumptionId } from "../../generated/v2/operations";
import { type AssumptionOutcome, MOST_SHOWN } from "../outcome";
import type { Session } from "../session";
import type { Finding } from "./finding-of";
import type { Bases } from "./index";
import { Inquiry, type RunSoFar } from "./inquiry";

/**
 * Finds out which assumptions a server confirms, once its laws are judged. Nothing fails by it.
 *
 * @throws TargetError when the run was stopped
 */
export async function probeAssumptions(session: Session, run: RunSoFar, bases: Partial<Bases>): Promise<AssumptionOutcome[]> {
  const inquiry = new Inquiry(session, run);
  const outcomes = new Map<string, AssumptionOutcome>();
  for (const [id, all] of Object.entries(bases) as [AssumptionId, Bases[AssumptionId]][]) {
    const findings: Finding[] = [];
    for (const basis of [all].flat()) findings.push(await inquiry.find(basis));
    outcomes.set(id, { id, text: assumptions[id], ...combined(findings) });
    run.onProgress(outcomes.size);
  }
  return Object.keys(assumptions).flatMap((id) => outcomes.get(id) ?? []);
}

/** What contradicts outweighs what confirms, and that what was not tried. */
function combined(findings: readonly Finding[]): Finding {
  const ranked = (["contradicted", "confirmed", "not tried"] as const).map((rank) =>
    findings.filter(({ outcome }) => outcome === rank),
  );
  const telling = ranked.find(({ length }) => length > 0) ?? [];
  return {
    outcome: telling[0]?.outcome ?? "not tried",
    detail: [...new Set(telling.map(({ detail }) => detail))].join("; "),
    exchanges: telling.flatMap(({ exchanges }) => exchanges).slice(-MOST_SHOWN),
  };
}
