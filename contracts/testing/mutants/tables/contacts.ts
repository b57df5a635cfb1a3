import type { ApiContact } from "../../../api-types";
import { canonical } from "../../../client/people-in-body";
import { CONTACT_FIELDS } from "../../../contacts";
import { parsePhoneNumberLoosely } from "../../../identifiers";
import type { Answer, ApiRequest, Mutant, MutantContext } from "../mutant";

type Found = Answer<ApiContact | { contact: null }>;

/** Defects of the address book. */
export const contactMutants: readonly Mutant[] = [
  {
    name: "a contact that is found by its e-mail address has no owner",
    caughtBy: "law-28",
    answer: {
      findContact: ({ body }, { request }) => {
        if ("id" in body && !request.query.has("phone_number")) body.contact_owner = null;
      },
    },
  },
  {
    name: "find takes an e-mail address and a number for one that must have both",
    caughtBy: "law-29",
    answer: {
      findContact: (answer, { request }) =>
        loseUnless(answer, (contact) => isAlike(contact, request, "email") && isAlike(contact, request, "phone_number")),
    },
  },
  {
    name: "find of contacts refuses punctuated numbers",
    caughtBy: "law-30",
    request: {
      findContact: ({ query }) => {
        if (/[()\s-]/.test(query.get("phone_number") ?? "")) query.set("phone_number", "none");
      },
    },
  },
  {
    name: "find of contacts compares numbers as they are written",
    caughtBy: "law-30",
    answer: {
      findContact: (answer, { request }) => {
        const number = request.query.get("phone_number");
        if (number !== null && !request.query.has("email")) loseUnless(answer, (contact) => contact.phone_number === number);
      },
    },
  },
  {
    name: "the title of a new contact is not kept",
    caughtBy: "law-31",
    request: {
      createContact: ({ body }) => {
        if (body.contact) delete body.contact.title;
      },
    },
  },
  {
    name: "the first name of a contact is cut off",
    caughtBy: "law-31",
    request: {
      createContact: ({ body }) => {
        if (body.contact?.first_name) body.contact.first_name = body.contact.first_name.slice(0, 20);
      },
    },
  },
  {
    name: "an update clears what it does not name",
    caughtBy: "law-32",
    request: { updateContact: clearTheRest, patchContact: clearTheRest },
  },
  {
    name: "an update sets the time of creation",
    caughtBy: "law-32",
    answer: {
      patchContact: ({ body }) => {
        body.data.created_at = body.data.updated_at;
      },
    },
  },
  {
    name: "PUT replaces a contact",
    caughtBy: "law-33",
    request: { updateContact: clearTheRest },
  },
  {
    name: "a deleted contact is still found",
    caughtBy: "law-34",
    answer: {
      createContact: ({ body }, { memory }) => {
        for (const key of keysOf(body.data)) memory.first(key, body.data);
      },
      findContact: (answer: Found, { request, memory }) => {
        if ("id" in answer.body) return;
        const keys = ["email", "phone_number"].map((field) => `${field}=${canonical(request.query.get(field) ?? "")}`);
        for (const key of keys) answer.body = memory.kept<ApiContact>(key) ?? answer.body;
      },
    },
  },
  {
    name: "a deleted contact can still be read",
    caughtBy: "law-34",
    answer: {
      getContact: ({ body }, { request, memory }) => void memory.first(request.path, body),
      createContact: ({ body }, { memory }) => void memory.first(`/contacts/${body.data.id}`, body),
    },
    refusal: {
      getContact: (answer, { request, memory }) => {
        const kept = memory.kept<object>(request.path);
        if (kept) Object.assign(answer, { status: 200, body: kept });
      },
    },
  },
  {
    name: "a contact is deleted in word alone",
    caughtBy: "law-34",
    instead: {
      deleteContact: async ({ path }, { healthy }) => {
        const { response } = await healthy.request("GET", path);
        return response.status === 200 ? { status: 204, headers: {}, body: undefined } : undefined;
      },
    },
  },
  {
    name: "an update that is refused for its e-mail address has changed the name",
    caughtBy: "law-35",
    refusal: { patchContact: changeTheName, updateContact: changeTheName },
  },
  {
    name: "an update that clears all a contact is known by is accepted",
    caughtBy: "law-35",
    instead: { patchContact: acceptNobody, updateContact: acceptNobody },
  },
];

function loseUnless(answer: Found, isFound: (contact: ApiContact) => boolean): void {
  if ("id" in answer.body && !isFound(answer.body)) answer.body = { contact: null };
}

/** Whether a contact has what is asked for in a field, if anything is. */
function isAlike(contact: ApiContact, { query }: ApiRequest, field: "email" | "phone_number"): boolean {
  const wanted = query.get(field);
  return wanted === null || (parsePhoneNumberLoosely(wanted) ?? wanted) === contact[field];
}

function keysOf({ email, phone_number }: ApiContact): string[] {
  return [`email=${email}`, `phone_number=${phone_number}`];
}

function clearTheRest({
  body,
}: ApiRequest<{ contact?: Partial<Record<(typeof CONTACT_FIELDS)[number], string | null>> | null }>): void {
  if (!body.contact || Object.keys(body.contact).length === 0) return;
  for (const field of CONTACT_FIELDS) body.contact[field] ??= "";
}

async function changeTheName(_: Answer, { request, healthy }: MutantContext): Promise<void> {
  const { contact } = request.body as { contact?: { first_name?: string } };
  if (contact?.first_name) await healthy.request("PATCH", request.path, { contact: { first_name: contact.first_name } });
}

async function acceptNobody(
  { path, body }: ApiRequest<{ contact?: object | null }>,
  { healthy }: MutantContext,
): Promise<Answer | undefined> {
  const given = Object.values(body.contact ?? {});
  if (given.length === 0 || given.some(Boolean)) return undefined;
  return { status: 200, headers: {}, body: await healthy.call(200, "GET", path) };
}
