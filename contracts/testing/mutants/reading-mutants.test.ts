import { testMutants } from "./test-mutants";

testMutants(["shapes", "errors", "finding", "lists", "messages"], [4, 5, 6]);
