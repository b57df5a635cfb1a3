import type { ApiVersion, ContractCheck } from "../server/api-version";
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
export async function loadContractVerdicts(versions: readonly ApiVersion[]): Promise<ContractVerdicts> {
  const checks = await Promise.all(versions.map(async ({ prefix, loadContract }) => ({ prefix, check: await loadContract() })));
  return {
    request: (view) => {
      const version = checks.find(({ prefix }) => view.path.startsWith(`${prefix}/`));
      return { ...view, contract: version ? requestVerdict(version.check, view) : NO_VIOLATIONS };
    },
    delivery: (view) => {
      const body: unknown = JSON.parse(view.body);
      return { ...view, contract: verdict(checks.flatMap(({ check }) => check.event(view.event, body))) };
    },
  };
}

/** An answer to HEAD has no body to check, a path that is none of the API has no contract, and a fault is meant to break it. */
function requestVerdict(check: ContractCheck, { operation, method, status, fault, response }: RequestView): Verdict {
  if (fault !== null || operation === null || method === "HEAD" || method === "OPTIONS") return NO_VIOLATIONS;
  return verdict(check.answer(operation, status, response.body ?? undefined));
}

function verdict(violations: ReturnType<ContractCheck["answer"]>): Verdict {
  return { valid: violations.length === 0, violations: violations.map(({ pointer, reason }) => ({ pointer, reason })) };
}
