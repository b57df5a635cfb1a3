import { operations } from "../../../generated/v2/operations";
import type { Outcome } from "../../report";

/** A rule as SARIF describes it. */
export interface Rule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly defaultConfiguration: { readonly level: "error" };
  readonly properties: { readonly tags: readonly string[] };
}

const TO_DO =
  "The message tells what was expected and what came, and how to ask again. If the server is right, correct the contract.";

/** What an outcome is judged by: a law, the shape of the answers of an operation, or the baseline. */
export function ruleOf(outcome: Outcome): Rule {
  const { check, kind, operation } = outcome;
  const { id, short, demand } = subjects[check](outcome);
  const { title, method, path } = operations[operation];
  return {
    id,
    name: id.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: short },
    fullDescription: { text: `${demand} It is about ${title} (${method} ${path}).` },
    help: { text: `${demand} ${TO_DO}`, markdown: `${demand}\n\n${TO_DO}` },
    defaultConfiguration: { level: "error" },
    properties: { tags: ["contract", check, kind] },
  };
}

interface Subject {
  readonly id: string;
  readonly short: string;
  readonly demand: string;
}

const subjects: Readonly<Record<Outcome["check"], (outcome: Outcome) => Subject>> = {
  law: ({ law, title }) => ({
    id: `law-${law}`,
    short: title,
    demand: `This must hold on any server that keeps the contract: ${title}.`,
  }),
  shape: ({ operation }) => ({
    id: `shape-${operation}`,
    short: `the shape of ${operations[operation].title}`,
    demand: "Its answers and events must have the statuses, fields and types that the contract describes.",
  }),
  baseline: () => ({
    id: "baseline",
    short: "the baseline is true",
    demand: "An entry of the baseline must name a deviation that is still there.",
  }),
};
