import fc from "fast-check";
import { parseTimestamp } from "../timestamp";
import { type Api, apiOf, type Contact, type ContactFields } from "./api";
import { readAll } from "./paging";
import { contactFields, tenDigits } from "./people";
import { startTarget, type Target } from "./target";

/* What must hold of the address book. Whatever a law creates, it deletes. */

/** A contact that can be found by each of its e-mail address and number. */
type Known = Contact & { readonly email: string; readonly phone_number: string };

let target: Target;
let api: Api;
let known: Known[];

beforeAll(async () => {
  target = await startTarget();
  api = apiOf(target);
  const contacts = await readAll<Contact>(api, "/contacts", { per_page: 100 });
  known = contacts.filter((contact): contact is Known => {
    const sharing = contacts.filter(({ email, phone_number }) => {
      return email === contact.email || phone_number === contact.phone_number;
    });
    return contact.email !== null && contact.phone_number !== null && sharing.length === 1;
  });
});

afterAll(() => target.stop());

const RUNS = { numRuns: 20 };
const NOBODY = { email: "nobody-at-all@example.com", phone_number: "+19075550000" };

/** Creates a contact for as long as a law needs it. */
async function withContact<T>(fields: ContactFields, use: (contact: Contact) => Promise<T>): Promise<T> {
  const contact = await api.createContact(fields);
  try {
    return await use(contact);
  } finally {
    await api.request("DELETE", `/contacts/${contact.id}`);
  }
}

async function update(method: "PUT" | "PATCH", id: number, contact: ContactFields): Promise<Contact> {
  return (await api.call<{ data: Contact }>(200, method, `/contacts/${id}`, { contact })).data;
}

/** What two contacts may have in common. */
function withoutIdentity({ id: _, created_at: __, updated_at: ___, ...rest }: Contact): object {
  return rest;
}

test("there are contacts enough for the laws to mean something", () => {
  expect(known.length).toBeGreaterThan(2);
  expect(known.some(({ phone_number }) => phone_number.startsWith("+1"))).toBe(true);
});

test("law 28: a contact is the same by e-mail address, by number and by id", async () => {
  for (const contact of known) {
    const { id, email, phone_number } = contact;
    expect(await api.contact(id)).toEqual(contact);
    expect(await api.findContact({ email })).toEqual(contact);
    expect(await api.findContact({ phone_number })).toEqual(contact);
  }
});

test("law 29: finding a contact by both is finding it by either", async () => {
  expect(await api.findContact(NOBODY)).toBeNull();
  for (const contact of known) {
    const { email, phone_number } = contact;
    expect(await api.findContact({ ...NOBODY, email })).toEqual(contact);
    expect(await api.findContact({ ...NOBODY, phone_number })).toEqual(contact);
    expect(await api.findContact({ email, phone_number })).toEqual(contact);
  }
});

test("law 30: finding a contact accepts every format of its number", async () => {
  for (const contact of known.filter(({ phone_number }) => phone_number.startsWith("+1"))) {
    const digits = tenDigits(contact.phone_number);
    const [area, exchange, rest] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)];
    const formats = [contact.phone_number, digits, `(${area}) ${exchange}-${rest}`, `${area}-${exchange}-${rest}`];
    for (const phone_number of formats) expect(await api.findContact({ phone_number })).toEqual(contact);
  }
});

test("law 31: a contact reads back as created", () =>
  fc.assert(
    fc.asyncProperty(contactFields, (fields) =>
      withContact(fields, async (created) => {
        expect(created).toMatchObject(fields);
        expect(await api.contact(created.id)).toEqual(created);
        expect(await readAll(api, "/contacts", { per_page: 100 })).toContainEqual(created);
      }),
    ),
    RUNS,
  ));

test("law 32: PATCH keeps the rest, and the time of creation stays", () =>
  fc.assert(
    fc.asyncProperty(contactFields, contactFields, (fields, changes) =>
      withContact(fields, async (created) => {
        const { updated_at, full_name, ...patched } = await update("PATCH", created.id, changes);
        const { updated_at: before, full_name: _, ...rest } = created;
        expect(patched).toEqual({ ...rest, ...changes });
        expect(parseTimestamp(updated_at)).toBeGreaterThanOrEqual(parseTimestamp(before));
        expect(await api.contact(created.id)).toEqual({ ...patched, updated_at, full_name });
      }),
    ),
    RUNS,
  ));

test("law 33: PUT is PATCH", () =>
  fc.assert(
    fc.asyncProperty(contactFields, contactFields, (fields, changes) =>
      withContact(fields, (one) =>
        withContact(fields, async (other) => {
          const put = await update("PUT", one.id, changes);
          const patched = await update("PATCH", other.id, changes);
          expect(withoutIdentity(put)).toEqual(withoutIdentity(patched));
          expect(await api.contact(one.id)).toEqual(put);
        }),
      ),
    ),
    RUNS,
  ));

test("law 34: deleted means gone", () =>
  fc.assert(
    fc.asyncProperty(contactFields, async (fields) => {
      const { id, email, phone_number } = await api.createContact(fields);
      const queries = [...(email ? [{ email }] : []), ...(phone_number ? [{ phone_number }] : [])];
      for (const query of queries) expect(await api.findContact(query)).toMatchObject({ id });
      await api.deleteContact(id);
      expect((await api.request("GET", `/contacts/${id}`)).status).toBe(404);
      expect((await api.request("PATCH", `/contacts/${id}`, { contact: fields })).status).toBe(404);
      expect((await api.request("DELETE", `/contacts/${id}`)).status).toBe(404);
      for (const query of queries) expect(await api.findContact(query)).toBeNull();
      const contacts = await readAll<Contact>(api, "/contacts", { per_page: 100 });
      expect(contacts.map((contact) => contact.id)).not.toContain(id);
    }),
    RUNS,
  ));

test("law 35: a refused update changes nothing", async () => {
  const fields = { first_name: "Ada", email: "ada-of-law-35@example.com", company: "Engines" };
  await withContact(fields, async (created) => {
    for (const method of ["PATCH", "PUT"]) {
      const { status } = await api.request(method, `/contacts/${created.id}`, { contact: {} });
      expect(`${method}: ${Math.floor(status / 100)}xx`).toBe(`${method}: 4xx`);
      const other = await api.request(method, `/contacts/${created.id}`, { contact: { first_name: "Eve", email: "none" } });
      expect(`${method}: ${Math.floor(other.status / 100)}xx`).toBe(`${method}: 4xx`);
      expect(await api.contact(created.id)).toEqual(created);
    }
  });
});
