import { testMutants } from "./test-mutants";

testMutants(["contacts", "lines", "sending", "webhooks"], [1, 2, 3]);
