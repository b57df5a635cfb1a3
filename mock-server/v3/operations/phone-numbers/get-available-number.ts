import { Failure } from "../../../server/failure";
import { filesUrl, LINES } from "../../../world/attachments";
import { refuse } from "../../errors";
import { chooseLine } from "../../line-choice";
import type { Operation } from "../../operation";
import { readHandles } from "../../sending";

/** The line that would write to these people, or to somebody new, and where its card can be had. */
export const getAvailableNumber: Operation<"getAvailableNumber"> = (world, { query: { to = [], exclude_from = [] } }) => {
  const people = readHandles(to);
  if (people instanceof Failure) return refuse("1005", { hint: people.hint ?? "" });
  const chosen = chooseLine(world, people, exclude_from);
  if (chosen instanceof Failure) return chosen;
  const { id, phoneNumber } = chosen.line;
  return {
    status: 200,
    body: { phone_number: phoneNumber, vcf_url: `${filesUrl(world)}/${LINES}/${id}.vcf` },
  };
};
