import { type ControlCall, refusal } from "./control-call";

export const openSession: ControlCall<"openSession"> = ({ signIn }, { body: { token } }) =>
  signIn(token) ? { status: 204, body: undefined } : refusal(401, "control_token_wrong", "That is not the control token");
