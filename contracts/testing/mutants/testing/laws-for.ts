import { kindOf } from "../../../client/kinds";
import type { OperationId } from "../../../generated/v2/operations";
import { laws } from "../../../suite/checks/index";
import type { Law } from "../../../suite/law";
import type { Fault } from "../fault";

const readingLaws = laws.filter(({ kind }) => kind === "read");

/** What is asked of a server with a fault: for one that shows when reading, the laws that read, which takes a third of the time. */
export function lawsFor({ caughtBy }: Fault): readonly Law[] {
  return isFoundByReading(caughtBy) ? readingLaws : laws;
}

function isFoundByReading(check: string): boolean {
  const [what, name = ""] = check.split("-");
  if (what === "law") return readingLaws.some(({ number }) => String(number) === name);
  return kindOf[name as OperationId] === "read";
}
