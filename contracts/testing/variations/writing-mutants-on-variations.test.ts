import { writingMutants } from "../mutants/tables/index";
import { testMutantsOnVariations } from "./each-mutant-on-variations";

testMutantsOnVariations(writingMutants);
