import { examine, NoExam } from "../exam/examine";
import { reasonNotAllowed } from "../webhooks/receiver";
import { type ControlCall, refusal } from "./control-call";
import { invalid } from "./find-named";

/** Sends a receiver what real life sends, and answers with its grade. */
export const takeExam: ControlCall<"takeExam"> = async (
  { sandbox: { world }, versions },
  { body: { url, secret, version: name } },
) => {
  if (!URL.canParse(url) || !/^https?:/.test(url)) return invalid("/url", "url must be an http or https URL");
  const version = versions.find((known) => known.name === (name ?? versions[0].name));
  if (!version)
    return invalid("/version", `There is no version ${name}`, `There is ${versions.map((one) => one.name).join(", ")}.`);
  const notAllowed = reasonNotAllowed(url, world.settings);
  if (notAllowed !== undefined)
    return refusal(403, "not_allowed", `This receiver gets nothing: ${notAllowed}`, { pointer: "/url" });
  try {
    const { checks, ...exam } = await examine(world, { url, secret, version, versions });
    return { status: 200, body: { exam: { ...exam, checks: [...checks] } } };
  } catch (error) {
    if (!(error instanceof NoExam)) throw error;
    const hint =
      error.code === "nothing_to_tell" ? "POST /__mock/simulate/message lets somebody write." : "Start the receiver.";
    return refusal(409, error.code, error.message, { hint });
  }
};
