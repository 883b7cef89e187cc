import { Dialog } from "../../components/dialog.tsx";

const groups = [
  {
    title: "Everywhere",
    keys: [
      ["?", "This list"],
      ["g r", "Go to the runs"],
    ],
  },
  {
    title: "Runs",
    keys: [
      ["/", "Search"],
      ["j  k", "Next and previous row"],
      ["Enter", "Open the row"],
      ["x", "Select the row"],
      ["Esc", "Clear the selection"],
    ],
  },
  {
    title: "A run",
    keys: [
      ["1 … 6", "Tabs"],
      ["/", "Search in the tab"],
      ["f", "Fit the timeline"],
      ["+  −", "Zoom the timeline"],
      ["d", "Show dependencies"],
    ],
  },
] as const;

export function KeyboardHelp({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" isOpen={isOpen} onClose={onClose}>
      {groups.map(({ title, keys }) => (
        <section key={title} className="mt-3">
          <h3 className="mb-1 text-xs font-medium text-muted">{title}</h3>
          <dl className="grid grid-cols-[90px_1fr] gap-y-1">
            {keys.map(([key, meaning]) => (
              <div key={key} className="contents">
                <dt>
                  <kbd className="rounded border border-line-strong px-1.5 font-mono text-xs">{key}</kbd>
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
