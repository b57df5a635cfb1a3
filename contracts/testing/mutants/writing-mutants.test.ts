import { testMutants } from "./each-mutant";

testMutants(["contacts", "lines", "sending", "webhooks", "overlooked"], [1, 2, 3]);
