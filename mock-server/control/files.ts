import { SAMPLES } from "../placeholders/samples";
import { uploaded } from "../world/attachments";
import { type ControlCall, type ControlRefusal, refusal } from "./control-call";
import { viewOfFile } from "./views";

/** Keeps a file, to be sent with messages. */
export const uploadFile: ControlCall<"uploadFile"> = ({ sandbox: { world }, file }) => {
  if (!file) return refusal(422, "invalid", "The request has no file", { hint: UPLOAD_AS });
  const id = world.uuids.next();
  world.files.add(id, file);
  return { status: 201, body: { file: viewOfFile(world, uploaded(id, file)) } };
};

const UPLOAD_AS = "Send its bytes, with its name as ?filename=, or a form with the field file.";

export const listSamples: ControlCall<"listSamples"> = ({ sandbox: { world } }) => ({
  status: 200,
  body: { files: SAMPLES.map((sample) => viewOfFile(world, { ...sample, url: null })) },
});

export function fileUnknown(pointer: string, id: string): ControlRefusal {
  const hint = `POST /__mock/files keeps one; samples are ${SAMPLES.map((sample) => sample.id).join(", ")}.`;
  return refusal(404, "file_unknown", `There is no file ${id}`, { pointer, hint });
}
