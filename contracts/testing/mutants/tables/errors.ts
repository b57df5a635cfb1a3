import { type ApiRequest, change, type Mutant, type MutantContext } from "../mutant";

/** Refusals that are worded otherwise than documented, and tokens that are not checked. */
export const errorMutants: readonly Mutant[] = [
  {
    name: "a chat that does not exist is told of in other words",
    caughtBy: "law-26",
    refusal: { getChat: change("/errors/*/detail", (detail) => `${detail}.`) },
  },
  {
    name: "a contact that does not exist has a code without its group",
    caughtBy: "law-26",
    refusal: { getContact: change("/error_code", () => "NOT_FOUND") },
  },
  {
    name: "a contact is looked for by what is no number, and nobody is found",
    caughtBy: "law-26",
    instead: {
      findContact: ({ query }) =>
        query.get("phone_number") === "nobody" ? { status: 200, headers: {}, body: { contact: null } } : undefined,
    },
  },
  {
    name: "an address that is none has the code of a number",
    caughtBy: "law-26",
    refusal: {
      findContact: change("/error_code", (code) => (code === "INVALID_EMAIL_FORMAT" ? "INVALID_PHONE_FORMAT" : code)),
    },
  },
  {
    name: "a missing token is told of in other words",
    caughtBy: "law-24",
    withoutToken: true,
    refusal: { listChats: change("/errors/*/detail", (detail) => `${detail}.`) },
  },
  {
    name: "a wrong token has another code than a missing one",
    caughtBy: "law-25",
    withoutToken: true,
    refusal: {
      listChats: (answer, { request }) => {
        if (request.token !== undefined) change("/errors/*/code", () => "invalid_token")(answer);
      },
    },
  },
  {
    name: "find needs no token",
    caughtBy: "law-24",
    withoutToken: true,
    request: { findChat: letIn },
  },
  {
    name: "contacts can be deleted without a token",
    caughtBy: "law-24",
    withoutToken: true,
    request: { deleteContact: letIn },
  },
  {
    name: "the body of a create is checked before the token",
    caughtBy: "law-24",
    withoutToken: true,
    request: { createChat: letIn },
  },
  {
    name: "any token will do",
    caughtBy: "law-25",
    withoutToken: true,
    request: {
      every: (request, { token }) => {
        if (request.token !== undefined) request.token = token;
      },
    },
  },
  {
    name: "a token that nobody knows is shown an empty account",
    caughtBy: "law-25",
    withoutToken: true,
    instead: {
      listChats: ({ token }, context) =>
        token === undefined || token === context.token
          ? undefined
          : {
              status: 200,
              headers: {},
              body: { data: [], meta: { page: 1, per_page: 25, total_count: 0, total_pages: 0 } },
            },
    },
  },
];

function letIn(request: ApiRequest, { token }: MutantContext): void {
  request.token ??= token;
}
