import { apiClient } from "../testing/api-client";
import { LINE, smallWorld } from "../testing/worlds";
import { v2 } from "../v2/index";
import { v3 } from "../v3/index";

test.each([
  [v2, "v2", "/i_message_availability/check", { phone_number: LINE }],
  [v3, "v3", "/capability/check_imessage", { address: LINE }],
] as const)(
  "what an operation with a body throws is answered 500, and the next call is served",
  async (version, name, path, body) => {
    const api = apiClient({ fixtures: smallWorld }, name);
    const operation = version.operations.find((one) => one.path === path);
    if (!operation) throw new Error(`there is no ${path}`);
    const answer = jest.spyOn(operation, "answer").mockImplementation(() => {
      throw new Error("unforeseen");
    });
    await expect(api.post(path, body)).rejects.toThrow(/answered 500/);
    answer.mockRestore();
    await expect(api.post(path, body)).resolves.toBeDefined();
  },
);
