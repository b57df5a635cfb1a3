import type { MagicMessage } from "../../../world/magic-values";
import { type Failure, failure } from "../../errors";
import { hints } from "../../hints";

/** The answer to a message that a magic value refuses. */
export function refusedByMagic({ value, happens }: MagicMessage): Failure<422> {
  return failure(422, "The message was refused", { hint: hints.magicValue(value, happens) });
}
