import { useState } from "react";
import { Chip, TenantTag } from "../../ui/marks.tsx";
import { DataTable, type Sort } from "../../ui/data-table.tsx";
import { ResizablePanes } from "../../ui/resizable-panes.tsx";
import { VirtualList } from "../../ui/virtual-list.tsx";
import { Box, Grid } from "../box.tsx";
import type { Story } from "../story.ts";

interface Row {
  readonly id: string;
  readonly task: string;
  readonly contact: string;
  readonly phone: string | undefined;
}

const rows: readonly Row[] = Array.from({ length: 400 }, (_unused, index) => ({
  id: `row ${index}`,
  task: index % 3 === 0 ? "Send the corrected invoice INV-1187 with the company address" : `Task number ${index}`,
  contact: index % 2 === 0 ? "Maximiliane von Hohenfels-Brandt" : "田中 美咲",
  phone: index % 4 === 0 ? undefined : "+49 30 5550 172",
}));

const contactCell = (row: Row) => (
  <>
    <TenantTag letters="LB" colour="rust" name="Lumphini Bikes" /> {row.contact}
  </>
);
const phoneCell = (row: Row) =>
  row.phone ?? (
    <Chip tone="missing" icon="warning">
      Missing
    </Chip>
  );

function Tables() {
  const [sort, setSort] = useState<Sort>({ column: "task", direction: "ascending" });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(["row 1"]));
  const [open, setOpen] = useState(true);
  const [shares, setShares] = useState<readonly number[] | undefined>(undefined);
  return (
    <Grid>
      <Box title="Table with groups">
        <div className="story-tall">
          <DataTable
            label="Tasks"
            keyOf={(row) => row.id}
            rowName={(row) => row.task}
            sort={sort}
            onSort={setSort}
            selected={selected}
            onSelected={setSelected}
            onOpen={() => undefined}
            onGroup={(_id, next) => setOpen(next)}
            groups={[{ id: "over", label: "Overdue", tone: "bad", open, count: rows.length, rows }]}
            columns={[
              { id: "task", label: "Task", header: true, sortable: true, cell: (row) => row.task },
              {
                id: "contact",
                label: "Contact",
                width: "120px",
                cell: contactCell,
              },
              {
                id: "phone",
                label: "Phone",
                width: "120px",
                cell: phoneCell,
              },
            ]}
          />
        </div>
      </Box>
      <Box title="Virtual list of 400">
        <div className="story-tall">
          <VirtualList items={rows} keyOf={(row) => row.id} heightOf={() => 60}>
            {(row) => <button type="button">{row.task}</button>}
          </VirtualList>
        </div>
      </Box>
      <Box title="Panes">
        <div className="story-tall">
          <ResizablePanes
            shares={shares}
            onShares={setShares}
            minPx={60}
            panes={[
              { key: "a", content: <p>First</p> },
              { key: "b", content: <p>Second</p> },
              { key: "c", content: <p>Third</p> },
            ]}
          />
        </div>
      </Box>
    </Grid>
  );
}

export const tableStories: readonly Story[] = [{ name: "tables", view: Tables }];
