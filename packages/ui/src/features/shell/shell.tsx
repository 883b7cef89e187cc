import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { CirclePlay, Keyboard, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { Toaster } from "../../components/toaster.tsx";
import { useHotkeys } from "../../lib/hotkeys.ts";
import { KeyboardHelp } from "./keyboard-help.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

interface Page {
  readonly to: string;
  readonly label: string;
  readonly icon: LucideIcon;
}

/** Only what exists. */
const pages: readonly Page[] = [{ to: "/runs", label: "Runs", icon: CirclePlay }];

export function Shell() {
  const [isHelpOpen, setHelpOpen] = useState(false);
  const navigate = useNavigate();
  useHotkeys({ "?": () => setHelpOpen(true), "g r": () => navigate({ to: "/runs" }) });
  return (
    <>
      <div className="flex h-full">
        <Sidebar onHelp={() => setHelpOpen(true)} />
        <div className="h-full min-w-0 flex-1">
          <Outlet />
        </div>
      </div>
      <KeyboardHelp isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
      <Toaster />
    </>
  );
}

function Sidebar({ onHelp }: { readonly onHelp: () => void }) {
  return (
    <nav
      aria-label="Main"
      className="flex w-14 shrink-0 flex-col gap-1 border-r border-line bg-surface px-2 py-3 xl:w-44"
    >
      <Link to="/runs" className="mb-3 flex h-8 items-center gap-2.5 px-2" aria-label="Prefect">
        <img src="/favicon.svg" alt="" className="size-6 shrink-0" />
        <span className="hidden text-sm font-semibold xl:inline">Prefect</span>
      </Link>
      {pages.map(({ to, label, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          title={label}
          className="flex h-8 items-center gap-2.5 rounded-md px-2.5 text-soft hover:bg-hover data-[status=active]:bg-selected data-[status=active]:font-medium data-[status=active]:text-ink"
        >
          <Icon aria-hidden className="size-4 shrink-0" />
          <span className="sr-only xl:not-sr-only">{label}</span>
        </Link>
      ))}
      <div className="flex-1" />
      <button
        type="button"
        onClick={onHelp}
        title="Keyboard shortcuts (?)"
        className="flex h-8 items-center gap-2.5 rounded-md px-2.5 text-soft hover:bg-hover"
      >
        <Keyboard aria-hidden className="size-4 shrink-0" />
        <span className="sr-only xl:not-sr-only">Shortcuts</span>
      </button>
      <ThemeSwitch />
    </nav>
  );
}
