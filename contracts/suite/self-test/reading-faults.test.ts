import { faults } from "./faults/index";
import { testFaults } from "./testing/test-faults";

const { shape = [], errors = [], auth = [], finding = [], paging = [], messages = [] } = faults;

testFaults([...shape, ...errors, ...auth, ...finding, ...paging, ...messages], { seed: 1 });
