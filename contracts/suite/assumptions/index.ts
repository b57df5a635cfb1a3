import type { AssumptionId } from "../../generated/v2/operations";
import { contacts, displayNames } from "./contacts";
import { errors } from "./errors";
import { events } from "./events";
import { finding } from "./finding";
import { lines } from "./lines";
import { lists } from "./lists";
import { messages } from "./messages";
import type { AssumptionTest, Probe } from "./probe";
import { reactions } from "./reactions";
import { sending } from "./sending";
import { untried } from "./untried";
import { webhooks } from "./webhooks";

/** What each assumption is judged by, in the order in which it is asked. */
export type AssumptionTests = Readonly<Record<AssumptionId, AssumptionTest | readonly AssumptionTest[]>>;

export const assumptionTests: AssumptionTests = {
  ...untried,
  ...finding,
  ...lists,
  ...messages,
  ...contacts,
  ...displayNames,
  ...webhooks,
  ...lines,
  ...sending,
  ...reactions,
  ...events,
  ...errors, // some of them look back at everything that was answered
};

/** All that may be asked. */
export const probes: readonly Probe[] = Object.values(assumptionTests)
  .flat()
  .filter((basis): basis is Probe => "probe" in basis);
