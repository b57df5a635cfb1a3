import { type ControlCall, refusal } from "./control-call";

export const listSnapshots: ControlCall<"listSnapshots"> = ({ sandbox }) => ({
  status: 200,
  body: { snapshots: sandbox.snapshots },
});

export const saveSnapshot: ControlCall<"saveSnapshot"> = ({ sandbox }, { path }) =>
  sandbox.saveSnapshot(path.name)
    ? { status: 204, body: undefined }
    : refusal(409, "snapshot_limit", "There are 100 snapshots already", { hint: "Delete one." });

export const restoreSnapshot: ControlCall<"restoreSnapshot"> = ({ sandbox }, { path }) =>
  sandbox.restoreSnapshot(path.name) ? { status: 204, body: undefined } : unknown(path.name, sandbox.snapshots);

export const deleteSnapshot: ControlCall<"deleteSnapshot"> = ({ sandbox }, { path }) =>
  sandbox.deleteSnapshot(path.name) ? { status: 204, body: undefined } : unknown(path.name, sandbox.snapshots);

function unknown(name: string, known: readonly string[]) {
  const hint = known.length === 0 ? "There are none." : `There are ${known.join(", ")}.`;
  return refusal(404, "snapshot_unknown", `There is no snapshot ${name}`, { hint });
}
