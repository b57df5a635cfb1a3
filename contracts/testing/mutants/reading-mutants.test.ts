import { testMutants } from "./each-mutant";
import { readingMutants } from "./tables/index";

testMutants(readingMutants, [4, 5, 6]);
