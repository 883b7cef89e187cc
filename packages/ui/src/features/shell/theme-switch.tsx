import { Monitor, Moon, Sun } from "lucide-react";
import { setTheme, themes, useTheme } from "../../lib/theme.ts";

const faces = {
  light: { icon: Sun, label: "Light theme" },
  dark: { icon: Moon, label: "Dark theme" },
  system: { icon: Monitor, label: "System theme" },
};

export function ThemeSwitch() {
  const current = useTheme();
  return (
    <div role="radiogroup" aria-label="Theme" className="flex flex-col gap-0.5 rounded-md bg-page p-0.5 xl:flex-row">
      {themes.map((theme) => {
        const { icon: Icon, label } = faces[theme];
        return (
          <label
            key={theme}
            title={label}
            className="flex h-7 flex-none cursor-pointer xl:flex-1 items-center justify-center rounded text-muted has-checked:bg-surface has-checked:text-ink has-checked:shadow-sm has-focus-visible:outline-2 has-focus-visible:outline-[var(--focus)]"
          >
            <input
              type="radio"
              name="theme"
              className="sr-only"
              checked={current === theme}
              onChange={() => setTheme(theme)}
            />
            <Icon aria-hidden className="size-3.5" />
            <span className="sr-only">{label}</span>
          </label>
        );
      })}
    </div>
  );
}
