#!/usr/bin/env node
import { main } from "./command-line/main";

void main(process.argv.slice(2));
