import { type ApiVersion, type ApiVersions, type ContractCheck, versionAt } from "../server/api-version";
import { readPreference } from "../server/prefer-header";
import type { components } from "./generated/types";

type Schemas = components["schemas"];
type Verdict = Schemas["ContractVerdict"];
export type RequestView = Omit<Schemas["Request"], "contract">;
export type DeliveryView = Omit<Schemas["Delivery"], "contract">;

const NO_VIOLATIONS: Verdict = { valid: true, violations: [] };

/** Adds to requests and deliveries whether they obey the contract of their version. */
export interface ContractVerdicts {
  request(view: RequestView): Schemas["Request"];
  delivery(view: DeliveryView): Schemas["Delivery"];
}

/** Loads the contracts of the versions: large, and only tests look at what they say. */
export async function loadContractVerdicts(versions: ApiVersions): Promise<ContractVerdicts> {
  const checks = new Map<ApiVersion | undefined, ContractCheck>();
  for (const version of versions) checks.set(version, await version.loadContract());
  return {
    request: (view) => {
      const check = checks.get(versionAt(versions, view.path));
      return { ...view, contract: check ? requestVerdict(check, view) : NO_VIOLATIONS };
    },
    delivery: (view) => {
      const body: unknown = JSON.parse(view.body);
      return { ...view, contract: verdict([...checks.values()].flatMap((check) => check.event(view.event, body))) };
    },
  };
}

/**
 * An answer to HEAD has no body to check, a path that is none of the API has no contract, a fault is meant to break it, and that an answer
 * cannot be forced is nothing that the API says.
 */
function requestVerdict(check: ContractCheck, { operation, method, status, fault, request, response }: RequestView): Verdict {
  if (fault !== null || operation === null || method === "HEAD" || method === "OPTIONS") return NO_VIOLATIONS;
  if (status === 400 && readPreference(String(request.headers["prefer"] ?? ""))) return NO_VIOLATIONS;
  return verdict(check.answer(operation, status, response.body ?? undefined));
}

function verdict(violations: ReturnType<ContractCheck["answer"]>): Verdict {
  return { valid: violations.length === 0, violations: violations.map(({ pointer, reason }) => ({ pointer, reason })) };
}
