import type { Asked, Fault, Scene } from "../fault";

/** Defects of tokens, and of what is said to strangers. */
export const authFaults: readonly Fault[] = [
  {
    name: "find needs no token",
    caughtBy: "law-24",
    toStrangers: true,
    request: { findChat: letIn },
  },
  {
    name: "contacts can be deleted without a token",
    caughtBy: "law-24",
    toStrangers: true,
    request: { deleteContact: letIn },
  },
  {
    name: "the body of a create is checked before the token",
    caughtBy: "law-24",
    toStrangers: true,
    request: { createChat: letIn },
  },
  {
    name: "any token will do",
    caughtBy: "law-25",
    toStrangers: true,
    request: {
      every: (asked, { token }) => {
        if (asked.token !== undefined) asked.token = token;
      },
    },
  },
  {
    name: "a token that nobody knows is shown an empty account",
    caughtBy: "law-25",
    toStrangers: true,
    instead: {
      listChats: ({ token }, scene) =>
        token === undefined || token === scene.token
          ? undefined
          : {
              status: 200,
              headers: {},
              body: { data: [], meta: { page: 1, per_page: 25, total_count: 0, total_pages: 0 } },
            },
    },
  },
];

function letIn(asked: Asked, { token }: Scene): void {
  asked.token ??= token;
}
