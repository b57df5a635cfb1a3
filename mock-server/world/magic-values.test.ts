import { readFileSync } from "node:fs";
import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { parsePhoneNumber } from "../../contracts/identifiers";
import { AREA_CODES } from "../../fixtures/generate/fictional-numbers";
import defaultSeed from "../../fixtures/generated/default-seed.json";
import { MAGIC_VALUES, magicMessage } from "./magic-values";

const ANN = parsePhoneNumber("+12055550101") as (typeof MAGIC_VALUES)[number]["number"];

function numberOf(text: string) {
  const row = MAGIC_VALUES.find((known) => known.text === text);
  if (!row) throw new Error(`there is no magic text ${text}`);
  return row.number;
}

test.each(MAGIC_VALUES.map(({ number }) => number))("%s is a number as the API reads it", (number) => {
  expect(parsePhoneNumber(number)).toBe(number);
  expect(parsePhoneNumberFromString(number)).toMatchObject({ number, countryCallingCode: "1" });
});

test("no generated person has a magic number, and nobody in a written world", () => {
  expect(AREA_CODES.map(([code]) => code)).not.toContain("500");
  expect(JSON.stringify(defaultSeed)).not.toContain("+1500");
  const written = ["empty", "group-chats", "sms-only"].map((name) => `fixtures/seeds/${name}.yaml`);
  for (const file of written) expect(readFileSync(file, "utf8")).not.toContain("+1500");
});

test("numbers and texts are unique", () => {
  const values = MAGIC_VALUES.flatMap(({ number, text }) => [number as string, text ?? number]);
  expect(new Set(values).size).toBe(2 * MAGIC_VALUES.length - 1);
});

test.each(["linq-mock: slow", "  LINQ-MOCK: Slow\n"])("%j is a magic text", (text) => {
  expect(magicMessage(text, [ANN])?.value).toBe("linq-mock: slow");
});

test.each(["linq-mock: slow.", "say linq-mock: slow", "linq-mock:", "", "slow", `linq-mock: slow${"w".repeat(1000)}`])(
  "%j is none",
  (text) => {
    expect(magicMessage(text, [ANN])).toBeUndefined();
  },
);

test("of several, the one that stands first in the table counts", () => {
  const [refused, pending, slow] = ["refused", "pending", "slow"].map((name) => numberOf(`linq-mock: ${name}`));
  expect(magicMessage("linq-mock: slow", [ANN, pending as typeof ANN])?.value).toBe(pending);
  expect(magicMessage("linq-mock: pending", [slow as typeof ANN, ANN])?.value).toBe("linq-mock: pending");
  expect(magicMessage("linq-mock: undeliverable", [slow as typeof ANN, refused as typeof ANN])?.value).toBe(refused);
});
