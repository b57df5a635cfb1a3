import { unusedPath } from "../../api";
import { documentedErrors, userNotFound } from "../../documented-errors";
import type { Law } from "../../law";
import { type DocumentedRefusal, expectRefusals } from "../errors/refusals";

/** Nobody has it. */
const gone = (first_name: string): DocumentedRefusal[] =>
  (["PUT", "PATCH", "DELETE"] as const).map((method) => ({
    what: `${method} of a contact that does not exist`,
    method,
    path: unusedPath("getContact"),
    ...(method !== "DELETE" && { body: { contact: { first_name } } }),
    status: 404,
    documented: documentedErrors.contactNotFound,
  }));

export const law65: Law = {
  number: 65,
  title:
    "a contact of an owner who does not exist, with nothing to know it by, or that does not exist is refused as documented",
  broken: "a contact that cannot be made or changed is not refused as documented",
  operation: "createContact",
  clause: "#/paths/~1contacts/post/responses/422",
  stepAssumptions: ["A-error-wording"],
  requests: 5,
  isRepeatable: true,
  async check({ api, unique }) {
    const user_email = `${unique()}@example.com`;
    const refused = { method: "POST", path: "/contacts", status: 422 };
    await expectRefusals(api, [
      {
        ...refused,
        what: "a contact of an owner who does not exist",
        body: { contact: { first_name: unique() }, user_email },
        documented: userNotFound(user_email),
      },
      {
        ...refused,
        what: "a contact with nothing to know it by",
        body: { contact: { company: unique() } },
        documented: documentedErrors.contactWithoutIdentity,
      },
      ...gone(unique()),
    ]);
  },
};
