import { toFixtureDocument } from "../../fixtures/write/to-document";
import type { ControlCall } from "./control-call";

/** The world as a fixture document. */
export const state: ControlCall<"state"> = ({ sandbox }) => ({
  status: 200,
  body: { ...toFixtureDocument(sandbox.world.records()) },
});
