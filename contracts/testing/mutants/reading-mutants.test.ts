import { testMutants } from "./each-mutant";

testMutants(["shapes", "errors", "finding", "lists", "messages"], [4, 5, 6]);
