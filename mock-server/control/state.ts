import { toFixtureDocument } from "../../fixtures/to-document";
import type { ControlRoute } from "./control-route";

/** The world as a fixture document. */
export const state: ControlRoute = ({ sandbox }) => ({ status: 200, body: toFixtureDocument(sandbox.world.records()) });
