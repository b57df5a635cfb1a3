import { thereAre } from "../../contracts/text-lists";
import { FixtureError } from "../../fixtures/load/problem";
import { faultProfiles } from "../../fixtures/resolve/fault-kinds";
import type * as Faults from "../../fixtures/resolve/faults";
import { isSpent, leftOf, meansSubscription } from "../faults/matching";
import type { Sandbox } from "../world/sandbox";
import { allSubscriptions } from "../world/subscriptions";
import type { World } from "../world/world";
import { type ControlCall, ControlRefusal, refusal } from "./control-call";
import { invalidDocument } from "./fixtures";
import type { components } from "./generated/types";

const MOST_SHOWN = 5;

export const listFaults: ControlCall<"listFaults"> = ({ sandbox }) => ({ status: 200, body: faultsView(sandbox.world) });

export const armFault: ControlCall<"armFault"> = async ({ sandbox }, { body }) => {
  const { world } = sandbox;
  const { profile, ...rule } = body;
  if ("faults" in rule)
    return refusal(422, "invalid", "POST takes one rule", { pointer: "/faults", hint: "PUT takes a list." });
  const [field] = profile === undefined ? [] : Object.keys(rule);
  if (field !== undefined) return refusal(422, "invalid", "A profile has its own rules", { pointer: `/${field}` });
  const faults = await import("../../fixtures/resolve/faults");
  const before = world.faults.rules;
  const refused = arm(faults, world, [profile ?? rule], before);
  if (refused) return below(refused, profile === undefined ? "" : "/profile");
  tellFaults(sandbox);
  return { status: 201, body: faultsView(world), hints: hintsOf(world, world.faults.rules.slice(before.length)) };
};

export const replaceFaults: ControlCall<"replaceFaults"> = async ({ sandbox }, { body }) => {
  const { world } = sandbox;
  const refused = arm(await import("../../fixtures/resolve/faults"), world, body.faults, []);
  if (refused) return refused;
  tellFaults(sandbox);
  return { status: 200, body: faultsView(world), hints: hintsOf(world, world.faults.rules) };
};

/** What is to be said of rules for a subscription that is not there: it may still come. */
function hintsOf(world: World, rules: World["faults"]["rules"]): string[] {
  const known = allSubscriptions(world);
  return rules.flatMap(({ name, subscription }) => {
    if (subscription === undefined || known.some((one) => meansSubscription(subscription, one))) return [];
    const what = typeof subscription === "number" ? "the id" : "the URL";
    const others = thereAre(
      known.map(({ id, url }) => `${id} (${url})`),
      MOST_SHOWN,
    );
    return [`${name} acts on nothing yet: no subscription has ${what} ${subscription}. ${others}`];
  });
}

export const disarmFaults: ControlCall<"disarmFaults"> = ({ sandbox }) => {
  sandbox.world.faults.clear();
  adapt(sandbox.world);
  tellFaults(sandbox);
  return { status: 204, body: undefined };
};

export const disarmFault: ControlCall<"disarmFault"> = ({ sandbox }, { path: { name } }) => {
  const { world } = sandbox;
  if (world.faults.disarm(name)) {
    adapt(world);
    tellFaults(sandbox);
    return { status: 204, body: undefined };
  }
  const known = world.faults.rules.map((rule) => rule.name);
  return refusal(404, "fault_unknown", `There is no fault ${name}`, { hint: thereAre(known) });
};

function tellFaults(sandbox: Sandbox): void {
  const { faults } = faultsView(sandbox.world);
  sandbox.tell("faults", () => ({ faults }));
}

/** Does what other rules ask for: how the world was is noted while somebody reads it, and answers are held back while something is late. */
function adapt(world: World): void {
  world.keepHistory();
  if (!world.faults.has("latency") && !world.faults.has("drip")) world.clock.letGo();
}

/** Puts rules behind those that stay, or says what is wrong with them; nothing has changed then. */
function arm(
  { MOST_FAULTS, readFaults }: typeof Faults,
  world: World,
  entries: readonly unknown[],
  staying: World["faults"]["rules"],
): ControlRefusal | undefined {
  try {
    const [lines, contacts] = [world.lines.values(), world.contacts.values()];
    const rules = readFaults(entries, "faults", {
      lines,
      contacts,
      taken: staying.map(({ name }) => name),
      now: world.clock.now(),
    });
    if (staying.length + rules.length > MOST_FAULTS) {
      return refusal(409, "fault_limit", `There can be ${MOST_FAULTS} faults`, { hint: "Disarm some." });
    }
    if (staying.length === 0) {
      world.faults.clear();
      world.keepHistory(); // it begins anew
    }
    world.faults.arm(rules);
    adapt(world);
    return undefined;
  } catch (error) {
    if (!(error instanceof FixtureError)) throw error;
    return invalidDocument(error, {
      code: "faults_invalid",
      summary: "The faults cannot be armed",
      hint: "Nothing was armed.",
    });
  }
}

/** A refusal of a list of one entry, as one of the entry, which stands at `place`. */
function below({ status, error }: ControlRefusal, place: string): ControlRefusal {
  const called = place === "" ? "the rule" : place.slice(1);
  const moved = <T extends { readonly pointer?: string | undefined; readonly message: string }>(one: T): T => ({
    ...one,
    message: one.message.replaceAll("faults[0].", "").replaceAll("faults[0]", called),
    ...(one.pointer !== undefined && { pointer: one.pointer.replace(/^\/faults\/0/, place) }),
  });
  return new ControlRefusal(status, { ...moved(error), ...(error.problems && { problems: error.problems.map(moved) }) });
}

function faultsView({ faults, clock }: World): components["schemas"]["Faults"] {
  const now = clock.now();
  return {
    faults: faults.values().map((fault) => {
      const { rule, matches, hits } = fault;
      return { ...rule, matches, hits, left: leftOf(fault), spent: isSpent(fault, now) };
    }),
    profiles: Object.keys(faultProfiles),
    about_profiles: Object.fromEntries(Object.entries(faultProfiles).map(([name, { about }]) => [name, about])),
  };
}
