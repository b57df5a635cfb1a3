import { testMutants } from "./each-mutant";

testMutants(["contacts", "lines", "sending", "webhooks"], [1, 2, 3]);
