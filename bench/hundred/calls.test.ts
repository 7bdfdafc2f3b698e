import { features } from "@switchboard/server/features.ts";
import { expect, it } from "vitest";
import { firstThings, hello, place, readings, writings } from "./calls.ts";

const contracts = new Map(features.flatMap(({ endpoints }) => endpoints.map(({ contract }) => [contract.name, contract])));

it("says with every call what its contract asks for, also with one that came yesterday", () => {
  const at = place(7, 100, { id: "019a0000-0000-7000-8000-000000000001", epoch: "1", cursor: 0 });
  const wrong = [hello, ...firstThings, ...readings, ...writings].flatMap(({ name, path, body }) => {
    const contract = contracts.get(name);
    const { pathname, searchParams } = new URL(path(at), "http://server.example");
    const fits =
      contract?.query.safeParse(Object.fromEntries(searchParams)).success === true &&
      !pathname.includes("/:") &&
      contract.body.safeParse(body?.(at)).success;
    return fits ? [] : [name];
  });
  expect(wrong).toEqual([]);
});
