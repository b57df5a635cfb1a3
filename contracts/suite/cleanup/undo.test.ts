import { MutantServer } from "../../testing/mutants/mutant-server";
import { startTarget, type Target } from "../../testing/start-mock";
import { law31 } from "../checks/contacts/31-contact-reads-back";
import { law37 } from "../checks/webhooks/37-signatures-verify";
import { runContract } from "../run";

let target: Target;
let server: MutantServer;

beforeAll(async () => {
  target = await startTarget();
  server = await new MutantServer(target).start();
});
afterAll(async () => {
  await server.stop();
  await target.stop();
});

const gone = () => ({ status: 204, headers: {}, body: undefined });

test.each([
  ["nothing is left by a server that deletes", {}, []],
  ["a server that only says that it deletes contacts leaves them", { deleteContact: gone }, ["createContact"]],
  [
    "a server that only says that it deletes subscriptions leaves them",
    { deleteWebhookSubscription: gone },
    ["createWebhookSubscription"],
  ],
])("%s", async (name, instead, left) => {
  server.become({ name, instead });
  const { token, line } = target;
  const report = await runContract({ target: server.url, token, line, isOwnMock: true }, [law31, law37]);
  expect([...new Set(report.left.map(({ operation }) => operation))]).toEqual(left);
});
