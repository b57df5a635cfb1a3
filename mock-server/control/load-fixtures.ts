import { FixtureError } from "../../fixtures/fixture-error";
import { readFixtureDocument } from "../../fixtures/read";
import { createSeed } from "../state/seed";
import type { ControlCall, ControlRefusal } from "./control-call";
import { countFixtures } from "./count-fixtures";

/** Puts a fixture document in the place of the world. The old one stays when the document is invalid. */
export const loadFixtures: ControlCall<"loadFixtures"> = ({ sandbox }, { body }) => {
  try {
    const seed = createSeed(readFixtureDocument(body));
    sandbox.load(seed);
    return { status: 200, body: { fixtures: countFixtures(seed) } };
  } catch (error) {
    if (error instanceof FixtureError) return fixturesInvalid(error);
    throw error;
  }
};

function fixturesInvalid({ problems }: FixtureError): ControlRefusal {
  const [first] = problems;
  const message = `The fixtures cannot be served: ${first?.reason}${problems.length > 1 ? `, and ${problems.length - 1} more` : ""}`;
  return {
    status: 422,
    error: {
      code: "fixtures_invalid",
      message,
      pointer: first?.pointer,
      hint: "The old world is still served.",
      problems: problems.map(({ pointer, reason }) => ({ pointer, message: reason })),
    },
  };
}
