import { expectStatus } from "../../expect";
import type { Law } from "../../law";
import { CHECK, numberToCheck } from "./62-availability-check";

export const law70: Law = {
  number: 70,
  title: "a second availability check at once is over the limit",
  broken: "availability can be checked without limit",
  operation: "checkIMessageAvailability",
  clause: "#/paths/~1i_message_availability~1check/post/responses/429",
  requests: 2,
  once: true,
  isFirst: true,
  async check({ api, people }) {
    const body = { phone_number: numberToCheck(people) };
    const ask = () => api.request("POST", CHECK, body, { on429: "return" });
    const first = await ask(); // law 62 has asked the same, if it could
    const second = first.response.status === 429 ? first : await ask();
    expectStatus(second, 429, "the status of a second check of a number at once", law70.broken);
  },
};
