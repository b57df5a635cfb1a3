import type { Fault } from "../fault";
import { authFaults } from "./auth";
import { contactFaults } from "./contacts";
import { errorFaults } from "./errors";
import { findingFaults } from "./finding";
import { lineFaults } from "./lines";
import { messageFaults } from "./messages";
import { pagingFaults } from "./paging";
import { sendingFaults } from "./sending";
import { shapeFaults } from "./shape";
import { statusFaults } from "./status";
import { webhookFaults } from "./webhooks";

/** The faults that the suite has to catch, by what they are about. */
export const faults: Readonly<Record<string, readonly Fault[]>> = {
  shape: shapeFaults,
  status: statusFaults,
  errors: errorFaults,
  auth: authFaults,
  finding: findingFaults,
  paging: pagingFaults,
  messages: messageFaults,
  contacts: contactFaults,
  lines: lineFaults,
  sending: sendingFaults,
  webhooks: webhookFaults,
};
