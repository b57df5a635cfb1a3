import { testMutants } from "./each-mutant";
import { writingMutants } from "./tables/index";

testMutants(writingMutants, [1, 2, 3]);
