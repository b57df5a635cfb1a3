import { expectThat } from "../../expect";
import type { Law } from "../../law";
import { inWords } from "../../law-errors";

const E164 = /^\+[1-9]\d{6,14}$/;

export const law27: Law = {
  number: 27,
  title: "the line is among the phone numbers, and all are E.164",
  broken: "the line is not among the phone numbers, or one of them is not E.164",
  operation: "listPhoneNumbers",
  clause: "#/components/schemas/PhoneNumber/properties/phone_number",
  requests: 1,
  async check({ api, line }) {
    const numbers = (await api.lines()).map(({ phone_number }) => phone_number);
    expectThat(numbers.includes(line), "the phone numbers", {
      expected: inWords`among them ${line}`,
      received: numbers,
      reason: "the line that is asked about is not among the phone numbers",
    });
    for (const [i, number] of numbers.entries()) {
      const pointer = `/phone_numbers/${i}/phone_number`;
      expectThat(E164.test(number), "a phone number", {
        expected: inWords`in E.164, as +12223334444`,
        received: number,
        pointer,
        reason: "a phone number is not in E.164",
      });
    }
  },
};
