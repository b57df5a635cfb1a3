import type { Mutant } from "../mutant";
import { contactMutants } from "./contacts";
import { errorMutants } from "./errors";
import { escapedDefects } from "./escaped-defects";
import { findingMutants } from "./find-chat";
import { lineMutants } from "./lines";
import { listMutants } from "./lists";
import { messageMutants } from "./messages";
import { sendingMutants } from "./sending";
import { shapeMutants } from "./shapes";
import { webhookMutants } from "./webhooks";

/** The mutants that the suite has to catch: those of which most are shown by reading, */
export const readingMutants: readonly Mutant[] = [
  shapeMutants,
  errorMutants,
  findingMutants,
  listMutants,
  messageMutants,
].flat();
/** and those of which most are shown by writing. */
export const writingMutants: readonly Mutant[] = [
  contactMutants,
  lineMutants,
  sendingMutants,
  webhookMutants,
  escapedDefects,
].flat();

export const allMutants: readonly Mutant[] = [...readingMutants, ...writingMutants];
