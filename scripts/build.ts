/** Bundles the package into dist/. */
import { bundlePackage } from "./build/bundle";

void bundlePackage();
