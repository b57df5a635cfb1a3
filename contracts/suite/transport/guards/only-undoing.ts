import type { Guard } from "./guard";

/** Nothing is changed but what undoes something in the ledger. */
export const onlyUndoing: Guard = (ask, { ledger }) => {
  return ask.method === "GET" || ledger.undoes(ask) ? undefined : "it undoes nothing that the ledger holds";
};
