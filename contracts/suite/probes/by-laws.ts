import type { Law } from "../law";
import type { Outcome } from "../outcome";
import type { Finding } from "./finding-of";

/** What the laws that rest on an assumption say of it. */
export function byLaws(numbers: readonly number[], asked: readonly Law[], outcomes: readonly Outcome[]): Finding {
  const judged = outcomes.filter(({ check, law }) => check === "law" && law !== undefined && numbers.includes(law));
  const exchanges = judged.flatMap((outcome) => outcome.exchanges);
  const against = judged.find(isAgainst);
  if (against) {
    const broken = asked.find(({ number }) => number === against.law)?.broken ?? against.title;
    return { outcome: "contradicted", detail: `${broken} (law ${against.law})`, exchanges: against.exchanges };
  }
  const passed = judged.filter(({ verdict }) => verdict === "pass");
  if (passed.length > 0) return { outcome: "confirmed", detail: passed.map(named).join("; "), exchanges };
  const reasons = judged.map(({ law, reason = "it says nothing" }) => `law ${law}: ${reason}`);
  const detail = reasons.length > 0 ? reasons.join("; ") : `not asked: ${numbers.map((number) => `law ${number}`).join(", ")}`;
  return { outcome: "not tried", detail, exchanges };
}

/** A law that rests on an assumption is skipped when the server does otherwise, and has evidence of it then. */
function isAgainst({ verdict, evidence }: Outcome): boolean {
  return verdict === "fail" || (verdict === "skipped" && evidence !== undefined);
}

function named({ law, title }: Outcome): string {
  return `${title} (law ${law})`;
}
