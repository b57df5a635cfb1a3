import { errorCodes } from "../../contracts/generated/v3/error-codes";
import { rareAnswers } from "../../contracts/generated/v3/rare-answers";
import type { components } from "../../contracts/generated/v3/types";
import { Failure } from "../server/failure";
import { refuse } from "./errors";

type Schemas = components["schemas"];

/** The app card that an experience is sent as: the texts of its `params`, under an app of its name (A-v3-experience). */
export function experiencePart({ name, action, params = {} }: Schemas["ExperienceInput"]) {
  const meant = listed(name);
  if (!meant) return wrong(`GET /experiences does not list ${name}.`);
  const chosen = meant.actions?.find((one) => one.name === action);
  if (!chosen) return wrong(`${name} has no action ${action}: GET /experiences/${name}.`);
  for (const [field, { type, max, required }] of Object.entries(chosen.fields ?? {})) {
    const value = params[field];
    if (value === undefined && required)
      return refuse("1001", { hint: `message.experience.params.${field} is missing.`, assumption: "A-v3-experience" });
    if (value === undefined) continue;
    const isText = type === "string" || type === "url";
    if (isText !== (typeof value === "string")) return wrong(`message.experience.params.${field} is of another type.`);
    if (max !== undefined && String(value).length > max) return wrong(`message.experience.params.${field} is over ${max}.`);
  }
  const [caption = meant.display_name ?? name] = Object.values(params).filter((value) => typeof value === "string");
  return {
    type: "imessage_app" as const,
    app: { name: meant.display_name ?? name, team_id: "EXPERIENCE", bundle_id: `experiences.${name}` },
    layout: { caption },
  };
}

/** Why there is no such experience; where it is the resource, its code comes with 404. */
export function unknownExperience({ experience = "" }: Readonly<Record<string, string>>): Failure | undefined {
  const hint = `GET /experiences does not list ${experience}.`;
  return listed(experience) ? undefined : new Failure(404, errorCodes["2011"].message, { reason: "2011", hint });
}

function listed(name: string): Schemas["Experience"] | undefined {
  const list = rareAnswers.listExperiences?.body as Schemas["ExperienceList"] | undefined;
  return list?.experiences?.find(({ experience }) => experience === name);
}

function wrong(hint: string) {
  return refuse("1005", { hint, assumption: "A-v3-experience" });
}
