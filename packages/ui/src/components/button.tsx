import type { ButtonHTMLAttributes } from "react";

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: "plain" | "quiet" | "primary" | "danger";
  readonly isActive?: boolean;
}

const looks = {
  plain: "border border-line-strong bg-surface text-ink hover:bg-hover",
  quiet: "text-soft hover:bg-hover hover:text-ink",
  primary: "bg-accent text-accent-ink hover:opacity-90",
  danger: "border border-danger text-danger hover:bg-failed-soft",
};

export function Button({ look = "plain", isActive = false, className = "", ...props }: ButtonProps) {
  const active = isActive ? "!border-accent !bg-selected" : "";
  return (
    <button
      type="button"
      {...props}
      className={`inline-flex h-[30px] shrink-0 items-center gap-1.5 rounded-md px-2.5 font-medium whitespace-nowrap disabled:opacity-50 ${looks[look]} ${active} ${className}`}
    />
  );
}
