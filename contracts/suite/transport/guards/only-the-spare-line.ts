import { canonical } from "../../../client/known-account";
import { NO_ID } from "../ask";
import type { Guard } from "./guard";

/** Forwarding is changed on no line but the spare one, and on that only when it is known what to put back. */
export const onlyTheSpareLine: Guard = ({ operation, path }, { recipients, known, spareLine }) => {
  if (operation !== "updatePhoneNumber" || recipients === "anyone") return undefined;
  const id = Number(path.split("/").at(-1));
  const isSpare = spareLine !== undefined && known.lineOf(id)?.number === canonical(spareLine);
  return id === NO_ID || isSpare ? undefined : "it would change the forwarding of a line that is not the --spare-line";
};
