import { operations } from "../../../generated/v2/operations";
import type { Outcome, Verdict } from "../../report";
import { checkTitle } from "./check-title";
import type { Markup } from "./markup";
import type { Page } from "./page";
import { prose } from "./prose";
import { table } from "./table";

/** The checks of one verdict and why; undefined when there are none. */
export function reasons(outcomes: readonly Outcome[], verdict: Verdict, { mask }: Page): Markup | undefined {
  if (outcomes.length === 0) return undefined;
  return table(
    `Checks that are ${verdict}, and why`,
    [{ title: "Check" }, { title: "Operation" }, { title: "Why" }],
    outcomes.map((outcome) => ({
      cells: [checkTitle(outcome), operations[outcome.operation].title, prose(mask.text(outcome.reason ?? ""))],
    })),
  );
}
