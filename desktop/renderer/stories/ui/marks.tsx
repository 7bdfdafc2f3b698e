import { Button, IconButton } from "../../ui/button.tsx";
import { Age, WaitPill } from "../../ui/clock-pill.tsx";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { iconShapes } from "../../ui/icon-shapes.ts";
import { Keys } from "../../ui/kbd.tsx";
import { Avatar, Badge, Chip, PresenceDot, TenantTag, TenantTile, tenantColours } from "../../ui/marks.tsx";
import { Box, Grid, Line } from "../box.tsx";
import { storyNow } from "../moment.ts";
import type { Story } from "../story.ts";

function Marks() {
  return (
    <Grid>
      <Box title="Buttons">
        <Line>
          <Button kind="primary" keys={["T"]}>
            Take next
          </Button>
          <Button>Close</Button>
          <Button icon="refresh">Try again</Button>
          <Button kind="quiet">Discard</Button>
          <Button kind="danger">Suspend tenant</Button>
          <Button kind="solid-danger">Delete task</Button>
          <Button kind="note">Add note</Button>
          <Button kind="link">Open outbox</Button>
        </Line>
        <Line>
          <Button size="s">Small</Button>
          <Button>Middle</Button>
          <Button size="l" kind="primary" keys={["Ctrl", "⏎"]}>
            Create task
          </Button>
          <Button disabled={true}>Disabled</Button>
          <Button kind="primary" blocked="1 blank to fill">
            Send
          </Button>
        </Line>
        <Line>
          <IconButton icon="snooze" label="Snooze" keys={["Z"]} />
          <IconButton icon="transfer" label="Hand over" keys={["H"]} />
          <IconButton icon="more" label="More" />
          <IconButton icon="attach" size="s" label="Attach a file" />
          <IconButton icon="panelRight" label="Contact" on={true} />
          <IconButton icon="pencil" label="Edit contact" disabled={true} />
          <Keys keys={["Ctrl", "K"]} />
        </Line>
      </Box>
      <Box title="Chips and badges">
        <Line>
          <Chip>Repeat buyer</Chip>
          <Chip tone="accent">Trial, 9 days</Chip>
          <Chip tone="ok" icon="check">
            Active
          </Chip>
          <Chip tone="warn">High</Chip>
          <Chip tone="bad" icon="clock">
            Overdue 2 d
          </Chip>
          <Chip tone="outline">Name · required</Chip>
          <Chip tone="missing" icon="warning">
            Missing
          </Chip>
        </Line>
        <Line>
          <Badge count={1} />
          <Badge count={12} tone="bad" />
          <Badge count={3} tone="mute" />
          <Badge count={240} />
        </Line>
      </Box>
      <Box title="Tenants">
        <Line>
          {tenantColours.map((colour) => (
            <TenantTag key={colour} letters={colour.slice(0, 2).toUpperCase()} colour={colour} name={colour} />
          ))}
        </Line>
        <Line>
          {tenantColours.map((colour) => (
            <TenantTile key={colour} letters={colour.slice(0, 2).toUpperCase()} colour={colour} />
          ))}
        </Line>
      </Box>
      <Box title="Avatars and presence">
        <Line>
          <Avatar name="Maximiliane" presence="away" size="l" />
          <Avatar name="สุพรรษา" lang="th" presence="online" />
          <Avatar name="佐々木" lang="ja" presence="offline" />
          <Avatar name="Visitor Amber Finch" anonymous={true} presence="unreachable" />
          <Avatar name="Jonas" size="s" colour="bronze" />
          <Avatar name="Jonas" size="xs" />
        </Line>
        <Line>
          <PresenceDot presence="online" /> Available
          <PresenceDot presence="away" /> Do not disturb
          <PresenceDot presence="unreachable" /> Available, not reachable
          <PresenceDot presence="offline" /> Off duty
        </Line>
      </Box>
      <Box title="Two clocks">
        <Line>
          <WaitPill since={storyNow - 42_000} targetMs={300_000} />
          <WaitPill since={storyNow - 242_000} targetMs={300_000} />
          <WaitPill since={storyNow - 370_000} targetMs={300_000} />
          <WaitPill since={storyNow - 45 * 60_000} targetMs={300_000} />
          <Age since={storyNow - 14 * 60_000} />
          <Age since={storyNow - 66 * 60_000} />
          <Age since={storyNow - 26 * 3_600_000} />
        </Line>
      </Box>
      <Box title="Icons">
        <Line>
          {(Object.keys(iconShapes) as IconName[]).map((name) => (
            <span key={name} title={name}>
              <Icon name={name} />
            </span>
          ))}
        </Line>
      </Box>
    </Grid>
  );
}

export const markStories: readonly Story[] = [{ name: "marks", view: Marks }];
