/** Writes the documents that are made from code. A test fails when they are out of date. */
import { writeFileSync } from "node:fs";
import { configurationPage, envExample } from "./core/config-docs.ts";

writeFileSync(new URL("../docs/configuration.md", import.meta.url), configurationPage());
writeFileSync(new URL("../.env.example", import.meta.url), envExample());
