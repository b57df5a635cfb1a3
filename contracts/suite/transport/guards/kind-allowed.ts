import { kindOf } from "../../../client/kinds";
import type { Guard } from "./guard";

const FLAGS = { read: "", write: "writes", visible: "visible", send: "send" };

/** What was not allowed is not asked. Reading is GET, and nothing else is. */
export const kindAllowed: Guard = ({ operation, method }, { kinds }) => {
  const kind = kindOf[operation];
  if (kind === "read") return method === "GET" ? undefined : `${method} does not read`;
  return kinds.has(kind) ? undefined : `${operation} is allowed by --allow ${FLAGS[kind]} alone`;
};
