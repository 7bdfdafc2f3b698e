/** DEVELOPMENT ONLY: `node dev/photograph.ts FOLDER [scene …]` plays the scenes in Chromium, asks axe about each, and takes pictures. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { AxeBuilder, chromium } from "./browser.ts";
import { configOf, Office } from "./office.ts";
import { scenes, type Scene } from "./scenes.ts";
import { createDevServer } from "./server.ts";

const [folder = "/tmp/widget-scenes", ...names] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-background-networking"] });

async function photograph(scene: Scene): Promise<string[]> {
  const office = new Office(configOf(scene.config ?? { key: "shop", name: "Shop" }));
  if (scene.team) office.team = scene.team;
  if (scene.language) office.config.language = scene.language;
  const server = await createDevServer([office]);
  const context = await browser.newContext({
    viewport: scene.phone === true ? { width: 390, height: 844 } : { width: 1280, height: 800 },
    hasTouch: scene.phone === true,
    isMobile: scene.phone === true,
    colorScheme: scene.dark === true ? "dark" : "light",
    forcedColors: scene.forced === true ? "active" : "none",
    timezoneId: "Europe/Berlin",
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(`page error: ${error.message}`));
  page.on("console", (message) => {
    const text = message.text?.() ?? "";
    if (message.type?.() === "error" && !/favicon|ERR_|404|403|WebSocket/u.test(text)) problems.push(`console: ${text}`);
  });
  const chat = page.frameLocator("iframe");
  try {
    await page.goto(
      `${server.shop}/${scene.language === undefined || scene.language === "en" ? "" : `${scene.language}.html`}?tenant=shop`,
    );
    await page.locator(".b").waitFor();
    const visitor = () => {
      const [found] = office.visitors;
      if (!found) throw new Error("nobody has come");
      return found;
    };
    await scene.play({
      page,
      chat,
      office,
      server,
      async open() {
        await page.locator(".b").click();
        await chat.locator("[data-first=true]").nth(1).waitFor();
        return visitor();
      },
      async write(text) {
        await chat.locator("textarea").fill(text);
        await chat.locator("textarea").press("Enter");
        await chat.getByText(text).waitFor();
        await chat.locator(".meta.me").nth(0).waitFor();
        await page.waitForTimeout(100);
      },
      async say(text, name) {
        await server.say(office, visitor(), text, name);
        await page.waitForTimeout(100);
      },
    });
    await page.waitForTimeout(250);
    await page.screenshot({ path: join(folder, `${scene.name}.png`) });
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, nodes } of violations)
      problems.push(`axe ${id}: ${JSON.stringify(nodes.map(({ target, failureSummary }) => [target, failureSummary]))}`);
  } catch (error) {
    problems.push(String(error));
    await page.screenshot({ path: join(folder, `${scene.name}.png`) });
  }
  await context.close();
  await server.close();
  return problems;
}

let failed = 0;
for (const scene of scenes.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const problems = await photograph(scene);
  failed += problems.length;
  process.stdout.write(`${problems.length === 0 ? "ok" : "NOT OK"} ${scene.name}\n${problems.map((problem) => `  ${problem}\n`).join("")}`);
}
await browser.close();
process.exitCode = failed > 0 ? 1 : 0;
