import { bundlePackage, isPackageFresh } from "./bundle";

/** Tests of commands run the built ones. */
async function beforeTests(): Promise<void> {
  if (!isPackageFresh()) await bundlePackage();
}

export default beforeTests;
