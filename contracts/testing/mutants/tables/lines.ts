import { change, type Mutant } from "../mutant";

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
  {
    name: "a word is taken for a number to forward to",
    caughtBy: "law-40",
    instead: {
      updatePhoneNumber: async ({ path, body }, { healthy }) => {
        const line = (await healthy.lines()).find(({ id }) => path.endsWith(`/${id}`));
        const word = body?.forwarding_number;
        if (!line || !/^[a-z]+$/.test(word ?? "")) return undefined;
        return { status: 200, headers: {}, body: { ...line, forwarding_number: word } };
      },
    },
  },
  {
    name: "a number that cannot be forwarded to is refused with the code of other refusals",
    caughtBy: "law-40",
    refusal: { updatePhoneNumber: change("/errors/*/code", (code) => (code === "invalid_request" ? "invalid_params" : code)) },
  },
];
