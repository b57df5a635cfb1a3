import type { Mutant } from "../mutant";

/** Defects of the organization's own lines. */
export const lineMutants: readonly Mutant[] = [
  {
    name: "a line is written without its plus",
    caughtBy: "law-27",
    answer: {
      listPhoneNumbers: ({ body }) => {
        const [, second] = body.phone_numbers;
        if (second) second.phone_number = second.phone_number.replace("+", "");
      },
    },
  },
  {
    name: "forwarding cannot be cleared",
    caughtBy: "law-40",
    instead: {
      updatePhoneNumber: async ({ path, body }, { healthy }) => {
        if (body?.forwarding_number !== "") return undefined;
        const line = (await healthy.lines()).find(({ id }) => path.endsWith(`/${id}`));
        return line && { status: 200, headers: {}, body: line };
      },
    },
  },
  {
    name: "forwarding is answered and not kept",
    caughtBy: "law-40",
    answer: {
      listPhoneNumbers: ({ body }, { memory }) => {
        body.phone_numbers = memory.first("lines", body.phone_numbers);
      },
    },
  },
];
