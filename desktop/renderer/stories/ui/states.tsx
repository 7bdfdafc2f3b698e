import { Button } from "../../ui/button.tsx";
import { Alert, EmptyState, ErrorState, ProgressBar, Skeleton } from "../../ui/states.tsx";
import { Box, Grid } from "../box.tsx";
import { storyNow } from "../moment.ts";
import type { Story } from "../story.ts";

function States() {
  return (
    <Grid>
      <Box title="Empty">
        <EmptyState icon="done" title="Nobody is waiting">
          New conversations appear here and ring.
        </EmptyState>
      </Box>
      <Box title="Loading">
        <Skeleton rows={3} />
      </Box>
      <Box title="Loading bubbles">
        <Skeleton rows={4} look="bubble" />
      </Box>
      <Box title="Needs a connection">
        <EmptyState icon="cloudOff" title="Older messages need a connection">
          Messages of the last 90 days are on this computer.
        </EmptyState>
      </Box>
      <Box title="Error">
        <ErrorState
          title="The report could not be loaded"
          onRetry={() => undefined}
          details={{ code: "timeout", at: storyNow, message: "GET /reports" }}
        >
          The server took too long. Nothing was changed.
        </ErrorState>
      </Box>
      <Box title="Read-only">
        <EmptyState icon="lock" title="You can read, not answer" action={<Button size="s">Ask for it</Button>}>
          This conversation belongs to team Warranty.
        </EmptyState>
      </Box>
      <Box title="Suspended">
        <EmptyState icon="pause" title="Tenant suspended">
          Only admins can reopen it. Your drafts are safe.
        </EmptyState>
      </Box>
      <Box title="Alerts">
        <Alert
          tone="warn"
          title="There is no phone number for this contact."
          actions={
            <>
              <Button size="s">Add number</Button>
              <Button size="s">Use e-mail</Button>
            </>
          }
        >
          Add one, or choose a channel that works.
        </Alert>
        <Alert tone="bad" title="Not sent: 3 newer messages arrived first" actions={<Button size="s">Read and send</Button>}>
          You wrote this offline. It waited longer than 10 minutes, so you decide.
        </Alert>
        <Alert tone="plain">Settings need a connection. You can read them.</Alert>
        <Alert tone="note" icon="lock" title="Private note">
          Only your team sees this.
        </Alert>
      </Box>
      <Box title="Progress">
        <ProgressBar label="Changes received" value={31} max={46} />
        <ProgressBar label="Messages" value={9120} max={10_000} tone="warn" />
        <ProgressBar label="Over the limit" value={1} max={1} tone="bad" thin={true} />
      </Box>
    </Grid>
  );
}

export const stateStories: readonly Story[] = [{ name: "states", view: States }];
