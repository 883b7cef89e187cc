import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "./button.tsx";
import { ScrollArea } from "./scroll-area.tsx";

const SAID_MS = 1500;

/** JSON as text, with indentation, to read and to copy. */
export function JsonView({ label, value }: { readonly label: string; readonly value: unknown }) {
  const text = JSON.stringify(value, null, 2) ?? "null";
  return (
    <ScrollArea label={label} className="relative flex-1">
      <div className="sticky top-2 float-right mr-5">
        <CopyButton text={text} />
      </div>
      <pre className="px-5 py-3 font-mono text-xs break-words whitespace-pre-wrap">{text}</pre>
    </ScrollArea>
  );
}

function CopyButton({ text, label = "Copy" }: { readonly text: string; readonly label?: string }) {
  const [isDone, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setDone(true);
    setTimeout(() => setDone(false), SAID_MS);
  };
  const Icon = isDone ? Check : Copy;
  return (
    <Button onClick={copy}>
      <Icon aria-hidden className="size-3.5" />
      {isDone ? "Copied" : label}
    </Button>
  );
}
