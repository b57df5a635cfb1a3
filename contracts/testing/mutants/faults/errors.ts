import { change } from "../change";
import type { Fault } from "../fault";

/** Errors that are told otherwise than documented. */
export const errorFaults: readonly Fault[] = [
  {
    name: "a chat that does not exist is told of in other words",
    caughtBy: "law-26",
    refusal: { getChat: change("/errors/*/detail", (detail) => `${detail}.`) },
  },
  {
    name: "a contact that does not exist has a code without its group",
    caughtBy: "law-26",
    refusal: { getContact: change("/error_code", () => "NOT_FOUND") },
  },
];
