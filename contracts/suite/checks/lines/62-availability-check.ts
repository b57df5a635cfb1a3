import { canonical } from "../../../client/people-in-body";
import { expectSame, expectStatus, expectThat } from "../../expect";
import type { Law } from "../../law";
import { Inconclusive, inWords, Skip } from "../../law-errors";

export const CHECK = "/i_message_availability/check";

/** @throws Skip when there is nobody */
export function numberToCheck(people: readonly string[]): string {
  const number = people.find((person) => person.startsWith("+"));
  if (number === undefined) throw new Skip("there is nobody to check; name somebody with --recipient");
  return number;
}

export const law62: Law = {
  number: 62,
  title: "an availability check tells of the number that it was asked about, in E.164",
  broken: "an availability check does not tell of its number",
  operation: "checkIMessageAvailability",
  clause: "#/paths/~1i_message_availability~1check/post",
  requests: 1,
  once: true,
  isFirst: true,
  async check({ api, people }) {
    const phone_number = numberToCheck(people);
    const first = await api.request("POST", CHECK, { phone_number }, { on429: "return" });
    if (first.response.status === 429) throw new Inconclusive("the server allows no more requests for now (429)");
    expectStatus(first, 200, "the status of an availability check");
    const { available, phone_number: told } = (first.response.body ?? {}) as { available?: unknown; phone_number?: unknown };
    expectThat(typeof available === "boolean", "what a check says", {
      pointer: "/available",
      expected: inWords`true or false`,
      received: available,
      reason: "an availability check does not say whether somebody has iMessage",
    });
    const number = canonical(phone_number);
    const other = "an availability check tells of another number than it was asked about";
    expectSame(canonical(String(told)), number, "the number that a check tells of", other);
    expectThat(told === number, "the number that a check tells of", {
      pointer: "/phone_number",
      expected: inWords`in E.164, as +12223334444`,
      received: told,
      reason: "an availability check does not write its number in E.164",
    });
  },
};
