import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import type { Running } from "../serve.ts";
import { createSwitch } from "./switch.ts";

function stage() {
  const happened: string[] = [];
  const server = (name: string) => ({ stop: () => Promise.resolve(void happened.push(`${name} stops`)) }) as unknown as Running;
  let opened = 0;
  const open = () => {
    opened += 1;
    happened.push(`${opened} opens`);
    return Promise.resolve(server(String(opened)));
  };
  const keyboard = new PassThrough();
  const powerSwitch = createSwitch(server("first"), open);
  powerSwitch.listenTo(keyboard);
  return { happened, keyboard, powerSwitch };
}

it("takes the server away and brings it back, one turn after the other", async () => {
  const { happened, keyboard } = stage();
  keyboard.write("\n\n\n");
  await expect.poll(() => happened).toEqual(["first stops", "1 opens", "1 stops"]);
});

it("stops what runs when all of it stops, and nothing twice", async () => {
  const { happened, keyboard, powerSwitch } = stage();
  keyboard.write("\n");
  await expect.poll(() => happened).toEqual(["first stops"]);
  await powerSwitch.stop();
  expect(happened).toEqual(["first stops"]);
});
