/** What React alone costs: a list to choose from, a list of messages and a field, with as many nodes as the console has, and no product. */
import { useState, type KeyboardEvent } from "react";
import { createRoot } from "react-dom/client";

const messagesShown = 50;
/** Said by the benchmark, which has counted the console's. */
const nodes = (window as { benchNodes?: number }).benchNodes ?? 1_500;
const perMessage = Math.max(1, Math.round(nodes / (messagesShown + rowCount()) - 2));

function rowCount(): number {
  return 20;
}

function Nested({ text }: { readonly text: string }) {
  return (
    <p data-row data-message>
      {Array.from({ length: perMessage }, (_, index) => (
        <span key={index}>{index === 0 ? text : ""}</span>
      ))}
    </p>
  );
}

function Field({ onSend }: { readonly onSend: (text: string) => void }) {
  const [text, setText] = useState("");
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    setText("");
    onSend(text);
  };
  return <textarea value={text} onChange={(event) => setText(event.target.value)} onKeyDown={keys} />;
}

function Page() {
  const [chosen, setChosen] = useState(1);
  const [sent, setSent] = useState<readonly string[]>([]);
  return (
    <>
      <ul>
        {Array.from({ length: rowCount() }, (_, row) => (
          <li key={row}>
            <button
              type="button"
              data-command-row
              onClick={() => {
                setChosen(row + 1);
                setSent([]);
              }}
            >
              <Nested text={`Person ${row + 1}`} />
            </button>
          </li>
        ))}
      </ul>
      <div role="log" key={chosen} aria-label={`Messages with Person ${chosen}`}>
        {Array.from({ length: messagesShown }, (_, index) => (
          <Nested key={index} text={`Message ${index} of ${chosen}`} />
        ))}
        {sent.map((text) => (
          <Nested key={text} text={text} />
        ))}
      </div>
      <Field onSend={(text) => setSent((before) => [...before, text])} />
    </>
  );
}

const root = document.getElementById("root");
if (root) createRoot(root).render(<Page />);
