import type { Contact } from "../api";
import { expectContact } from "./expect-contact";
import { Broken, Skip } from "./signals";

const ADA = contact(1, "ada@example.com", "+12055550101");

test("the contact itself is what was looked for", () => {
  expect(() => expectContact(ADA, { ...ADA }, "a contact")).not.toThrow();
});

test.each([
  ["nobody is found", null],
  ["somebody else is found", contact(2, "eve@example.com", "+12055550102")],
  ["somebody else is found who has neither address nor number", contact(2, null, null)],
  ["the contact is shown otherwise", { ...ADA, company: "Engines" }],
])("it is told when %s", (_, found) => {
  expect(() => expectContact(found, ADA, "a contact")).toThrow(Broken);
});

test.each([
  ["e-mail address", contact(2, "Ada@Example.com", null)],
  ["number", contact(2, null, "+12055550101")],
])("nothing is said when another contact has the same %s", (_, twin) => {
  expect(() => expectContact(twin, ADA, "a contact")).toThrow(Skip);
});

function contact(id: number, email: string | null, phone_number: string | null): Contact {
  return {
    id,
    first_name: null,
    last_name: null,
    full_name: null,
    email,
    phone_number,
    company: null,
    title: null,
    location: null,
    image_url: null,
    created_at: "2025-05-21T15:30:00.000-05:00",
    updated_at: "2025-05-21T15:30:00.000-05:00",
    contact_owner: null,
  };
}
