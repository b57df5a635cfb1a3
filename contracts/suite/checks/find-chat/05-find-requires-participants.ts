import { findChatPath } from "../../../operations";
import { expectStatus } from "../../expect";
import type { Law } from "../../law";

export const law05: Law = {
  number: 5,
  title: "find requires participants",
  broken: "find without participants is not refused",
  operation: "findChat",
  clause: "#/paths/~1chats~1find/get/parameters/1/required",
  assumptions: ["A-find-missing"],
  canMisdeliver: true,
  requests: 1,
  async check({ api, line }) {
    expectStatus(await api.request("GET", findChatPath(line, [])), "4xx", "the status of find without participants");
  },
};
