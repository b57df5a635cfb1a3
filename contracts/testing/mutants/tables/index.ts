import type { Mutant } from "../mutant";
import { contactMutants } from "./contacts";
import { errorMutants } from "./errors";
import { escapedDefects } from "./escaped-defects";
import { findingMutants } from "./finding";
import { lineMutants } from "./lines";
import { listMutants } from "./lists";
import { messageMutants } from "./messages";
import { sendingMutants } from "./sending";
import { shapeMutants } from "./shapes";
import { webhookMutants } from "./webhooks";

/** The mutants that the suite has to catch, by what is wrong with them. */
export const mutants: Readonly<Record<string, readonly Mutant[]>> = {
  shapes: shapeMutants,
  errors: errorMutants,
  finding: findingMutants,
  lists: listMutants,
  messages: messageMutants,
  contacts: contactMutants,
  lines: lineMutants,
  sending: sendingMutants,
  webhooks: webhookMutants,
  overlooked: escapedDefects,
};

export const allMutants: readonly Mutant[] = Object.values(mutants).flat();
