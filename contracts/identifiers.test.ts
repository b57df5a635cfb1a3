import fc from "fast-check";
import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { displayIdentifier, type Identifier, parseIdentifier, parsePhoneNumber } from "./identifiers";

test.each([
  ["+12223334444", "+12223334444"],
  ["2223334444", "+12223334444"],
  ["13343284472", "+13343284472"],
  ["+442079460958", "+442079460958"],
  ["+3612345678", "+3612345678"],
  ["Ann.Archer@Example.COM", "ann.archer@example.com"],
])("%j is %s", (raw, identifier) => {
  expect(parseIdentifier(raw)).toBe(identifier);
});

test.each([
  "",
  " 12052761148",
  "0123456789",
  "11111111111",
  "a\u0000@b.co",
  "\ud800@b.co",
  "<x@y.zz>",
  "a<b>@c.co",
  " ",
  "+",
  "911",
  "+1205",
  "555-123-4567",
  "(555) 123-4567",
  "+1 205 276 1148",
  "442079460958",
  "2".repeat(40),
  "２０５５５５０１０１",
  "2055550101\u0000",
  "\ud800",
  "2055550101x5",
  "@",
  "ann@",
  "ann@localhost",
  "an n@example.com",
  `${"a".repeat(65)}@example.com`,
  `a@${"b".repeat(250)}.com`,
])("%j is none", (raw) => {
  expect(parseIdentifier(raw)).toBeUndefined();
});

test("an e-mail address is no phone number", () => {
  expect(parsePhoneNumber("ann@example.com")).toBeUndefined();
});

test("what is read without number metadata is what the library reads, but for area codes that are none", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^(\+?1)?[0-9]{9,11}$/), (raw) => {
      const number = parsePhoneNumberFromString(raw, "US");
      const isNoArea = number?.countryCallingCode === "1" && /^[01]/.test(number.nationalNumber);
      const isRead = number?.isPossible() && !isNoArea;
      expect(parsePhoneNumber(raw)).toBe(isRead ? number?.number : undefined);
    }),
  );
});

test("reading what was read changes nothing", () => {
  const raw = fc.oneof(fc.string(), fc.emailAddress(), fc.stringMatching(/^\+?[0-9]{1,17}$/));
  fc.assert(
    fc.property(raw, (text) => {
      const identifier = parseIdentifier(text);
      if (identifier !== undefined) expect(parseIdentifier(identifier)).toBe(identifier);
    }),
  );
  expect(parseIdentifier("+490301234567")).toBe("+49301234567");
  expect(parseIdentifier("+49000000")).toBeUndefined();
});

test.each([
  ["+15551234567", "+1 (555) 123-4567"],
  ["+442079460958", "+44 20 7946 0958"],
  ["ann@example.com", "ann@example.com"],
])("%s is shown as %s", (identifier, shown) => {
  expect(displayIdentifier(identifier as Identifier)).toBe(shown);
});
