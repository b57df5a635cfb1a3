import { FixtureError } from "../../fixtures/load/problem";
import { readFixtureDocument } from "../../fixtures/load/read-document";
import { magicServices } from "../world/availability";
import { createSeed } from "../world/seed";
import type { ControlCall } from "./control-call";
import { countFixtures } from "./count-fixtures";
import { invalidDocument } from "./invalid-document";
import { problemView } from "./problem-view";

/** Puts a fixture document in the place of the world. The old one stays when the document is invalid. */
export const loadFixtures: ControlCall<"loadFixtures"> = ({ sandbox }, { body }) => {
  try {
    const now = sandbox.world.clock.now();
    const { records, warnings } = readFixtureDocument(body, { now, services: magicServices });
    const seed = createSeed(records, now);
    sandbox.load(seed);
    const problems = warnings.map(problemView);
    return { status: 200, body: { fixtures: countFixtures(seed), ...(problems.length > 0 && { problems }) } };
  } catch (error) {
    if (!(error instanceof FixtureError)) throw error;
    const [summary, hint] = ["The fixtures cannot be served", "The old world is still served."];
    return invalidDocument(error, { code: "fixtures_invalid", summary, hint });
  }
};
